//! Expressions of the model as calls of the runtime's `sql`, which computes with `Option`.
//!
//! Every expression becomes a Rust expression of type `Option<T>`: `bool`, `i128`, `f64`, text as
//! `&str` or `Cow<str>`, `Date`, `Time`, `Timestamp`, `Uuid`.

use proc_macro2::{Ident, Literal as Token, TokenStream};
use quote::quote;

use crate::model::{Arith, Comparison, DatePart, Expr, ExprKind, Function, Literal, ValueType};

/// Prints the expressions of one table.
pub(super) struct Printer<'a> {
    /// The runtime's path.
    pub(super) runtime: &'a TokenStream,
    /// Names of the fields, by column.
    pub(super) fields: &'a [Ident],
    /// Whether an empty text is no value, as in a profile that writes both alike.
    pub(super) empty_is_null: bool,
}

impl Printer<'_> {
    /// The expression as Rust; a column is a field of `self`, the row check is called `row`.
    pub(super) fn print(&self, expr: &Expr) -> TokenStream {
        match &expr.kind {
            ExprKind::Column(id) => {
                let field = &self.fields[id.index()];
                let operand = self.operand(expr.ty);
                quote!(operand::#operand(&self.#field))
            }
            ExprKind::Literal(literal) => self.literal(literal),
            ExprKind::CurrentDate => quote!(row.today()),
            ExprKind::Not(a) => {
                let a = self.print(a);
                quote!(sql::not(#a))
            }
            ExprKind::And(a, b) => self.call(quote!(and), [&**a, &**b]),
            ExprKind::Or(a, b) => self.call(quote!(or), [&**a, &**b]),
            ExprKind::IsNull(a) => {
                let a = self.print(a);
                quote!(sql::is_null(&#a))
            }
            ExprKind::Compare(comparison, a, b) => {
                let function = match comparison {
                    Comparison::Eq => quote!(eq),
                    Comparison::Ne => quote!(ne),
                    Comparison::Lt => quote!(lt),
                    Comparison::Le => quote!(le),
                    Comparison::Gt => quote!(gt),
                    Comparison::Ge => quote!(ge),
                };
                let wide = wider(a.ty, b.ty);
                let (a, b) = (self.widened(a, wide), self.widened(b, wide));
                quote!(sql::#function(#a, #b))
            }
            ExprKind::In(a, list) => self.in_list(a, list),
            ExprKind::Like(a, pattern) => {
                let a = self.print(a);
                quote!(sql::like(#a, #pattern))
            }
            ExprKind::Negate(a) => self.call(quote!(neg), [&**a]),
            ExprKind::Arith(arith, a, b) => self.arith(*arith, a, b),
            ExprKind::Case {
                branches,
                otherwise,
            } => {
                let mut out = TokenStream::new();
                for (condition, value) in branches {
                    let condition = self.print(condition);
                    let value = self.branch(value, expr.ty);
                    out.extend(quote!(if sql::is_true(#condition) { #value } else));
                }
                let otherwise = match otherwise {
                    Some(value) => self.branch(value, expr.ty),
                    None => quote!(::std::option::Option::None),
                };
                // Braces make the chain one operand wherever it stands.
                quote!({ #out { #otherwise } })
            }
            ExprKind::Call(function, arguments) => self.function(*function, arguments),
        }
    }

    fn operand(&self, ty: ValueType) -> TokenStream {
        match ty {
            ValueType::Boolean => quote!(boolean),
            ValueType::Integer => quote!(integer),
            ValueType::Double => quote!(double),
            ValueType::Text if self.empty_is_null => quote!(text),
            ValueType::Text => quote!(text_or_empty),
            ValueType::Date => quote!(date),
            ValueType::Time => quote!(time),
            ValueType::Timestamp => quote!(timestamp),
            ValueType::Uuid => quote!(uuid),
        }
    }

    fn call<'e>(
        &self,
        function: TokenStream,
        arguments: impl IntoIterator<Item = &'e Expr>,
    ) -> TokenStream {
        let arguments = arguments.into_iter().map(|argument| self.print(argument));
        quote!(sql::#function(#(#arguments),*))
    }

    /// An operand beside one of type `wide`: an integer becomes a double there.
    fn widened(&self, expr: &Expr, wide: ValueType) -> TokenStream {
        let printed = self.print(expr);
        if expr.ty == ValueType::Integer && wide == ValueType::Double {
            quote!(sql::to_double(#printed))
        } else {
            printed
        }
    }

    /// A value of CASE: all branches have one Rust type.
    fn branch(&self, expr: &Expr, ty: ValueType) -> TokenStream {
        let printed = self.widened(expr, ty);
        if ty == ValueType::Text {
            quote!(operand::cow(#printed))
        } else {
            printed
        }
    }

    fn in_list(&self, a: &Expr, list: &[Literal]) -> TokenStream {
        let printed = self.print(a);
        let items: Option<Vec<TokenStream>> = list.iter().map(plain).collect();
        if let Some(items) = items.filter(|_| a.ty != ValueType::Double) {
            return quote!(sql::in_list(#printed, &[#(#items),*]));
        }
        // Days, times, UUIDs and doubles beside integers are compared one by one.
        let mut parts = list.iter().map(|literal| {
            let value = match literal {
                Literal::Integer(number) if a.ty == ValueType::Double => {
                    let number = self.literal(&Literal::Integer(*number));
                    quote!(sql::to_double(#number))
                }
                literal => self.literal(literal),
            };
            quote!(sql::eq(#printed, #value))
        });
        let first = parts
            .next()
            .unwrap_or_else(|| quote!(::std::option::Option::Some(false)));
        parts.fold(first, |left, right| quote!(sql::or(#left, #right)))
    }

    fn arith(&self, arith: Arith, a: &Expr, b: &Expr) -> TokenStream {
        match (arith, a.ty, b.ty) {
            (Arith::Sub, ValueType::Date, ValueType::Date) => {
                return self.call(quote!(days_between), [a, b]);
            }
            (Arith::Add, ValueType::Date, _) => return self.call(quote!(add_days), [a, b]),
            (Arith::Add, _, ValueType::Date) => return self.call(quote!(add_days), [b, a]),
            (Arith::Sub, ValueType::Date, _) => return self.call(quote!(sub_days), [a, b]),
            _ => {}
        }
        let function = match arith {
            Arith::Add => quote!(add),
            Arith::Sub => quote!(sub),
            Arith::Mul => quote!(mul),
            Arith::Div => quote!(div),
            Arith::Rem => quote!(rem),
        };
        let wide = wider(a.ty, b.ty);
        let (a, b) = (self.widened(a, wide), self.widened(b, wide));
        quote!(sql::#function(#a, #b))
    }

    fn function(&self, function: Function, arguments: &[Expr]) -> TokenStream {
        match function {
            Function::Length => self.call(quote!(length), arguments),
            Function::Lower => self.call(quote!(lower), arguments),
            Function::Upper => self.call(quote!(upper), arguments),
            Function::Substring => {
                let text = arguments.first().map(|text| self.print(text));
                let (from, count) = (number(arguments.get(1)), number(arguments.get(2)));
                quote!(sql::substring(#text, #from, #count))
            }
            Function::SplitPart => {
                let text = arguments.first().map(|text| self.print(text));
                let separator = match arguments.get(1).map(|argument| &argument.kind) {
                    Some(ExprKind::Literal(Literal::Text(separator))) => separator,
                    _ => "",
                };
                let part = number(arguments.get(2));
                quote!(sql::split_part(#text, #separator, #part))
            }
            Function::Concat => self.call(quote!(concat), arguments),
            Function::Extract(part) => self.extract(part, arguments),
            Function::CastDate => self.call(quote!(date_of), arguments),
            Function::CastTime => self.call(quote!(time_of), arguments),
            Function::FullYears => self.call(quote!(full_years), arguments),
            Function::SecondsBetween => self.call(quote!(seconds_between), arguments),
        }
    }

    /// The runtime takes parts of days and of times; a timestamp gives its own first.
    fn extract(&self, part: DatePart, arguments: &[Expr]) -> TokenStream {
        let function = match part {
            DatePart::Year => quote!(year),
            DatePart::Month => quote!(month),
            DatePart::Day => quote!(day),
            DatePart::IsoWeekday => quote!(iso_weekday),
            DatePart::Hour => quote!(hour),
            DatePart::Minute => quote!(minute),
        };
        let of_timestamp = arguments
            .first()
            .is_some_and(|value| value.ty == ValueType::Timestamp);
        if !of_timestamp {
            return self.call(function, arguments);
        }
        let value = match part.is_of_day() {
            true => self.call(quote!(date_of), arguments),
            false => self.call(quote!(time_of), arguments),
        };
        quote!(sql::#function(#value))
    }

    fn literal(&self, literal: &Literal) -> TokenStream {
        let runtime = self.runtime;
        if let Some(plain) = plain(literal) {
            return quote!(::std::option::Option::Some(#plain));
        }
        match literal {
            Literal::Date(text) => self.date(text),
            Literal::Time(text) => self.time(text),
            Literal::Timestamp(text) => {
                let (date, time) = text.split_once(' ').unwrap_or((text, "00:00:00"));
                let (date, time) = (self.date(date), self.time(time));
                quote!(#date.zip(#time).map(|(date, time)| #runtime::Timestamp::new(date, time)))
            }
            Literal::Uuid(text) => {
                let hex: String = text.chars().filter(|c| *c != '-').collect();
                let number = u128::from_str_radix(&hex, 16).unwrap_or(0);
                let bytes = number.to_be_bytes().map(Token::u8_unsuffixed);
                quote!(::std::option::Option::Some(#runtime::Uuid::from_bytes([#(#bytes),*])))
            }
            _ => quote!(::std::option::Option::None),
        }
    }

    fn date(&self, text: &str) -> TokenStream {
        let runtime = self.runtime;
        let parts = numbers(text, '-');
        quote!(#runtime::Date::new(#(#parts),*).ok())
    }

    fn time(&self, text: &str) -> TokenStream {
        let runtime = self.runtime;
        let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
        let parts = numbers(clock, ':');
        let microseconds = format!("{fraction:0<6}").parse().unwrap_or(0);
        let microseconds = Token::u32_unsuffixed(microseconds);
        quote!(#runtime::Time::new(#(#parts,)* #microseconds).ok())
    }
}

/// A constant that counts characters or parts.
fn number(argument: Option<&Expr>) -> Token {
    let number = match argument.map(|argument| &argument.kind) {
        Some(ExprKind::Literal(Literal::Integer(number))) => usize::try_from(*number).unwrap_or(0),
        _ => 0,
    };
    Token::usize_unsuffixed(number)
}

fn numbers(text: &str, separator: char) -> Vec<Token> {
    text.split(separator)
        .map(|part| Token::u32_unsuffixed(part.parse().unwrap_or(0)))
        .collect()
}

fn wider(a: ValueType, b: ValueType) -> ValueType {
    if a == ValueType::Double { a } else { b }
}

/// A literal that Rust has itself.
fn plain(literal: &Literal) -> Option<TokenStream> {
    let signed = |negative: bool, token: Token| {
        if negative {
            quote!(-#token)
        } else {
            quote!(#token)
        }
    };
    Some(match literal {
        Literal::Boolean(value) => quote!(#value),
        Literal::Integer(value) => {
            signed(*value < 0, Token::i128_suffixed(i128::from(*value).abs()))
        }
        Literal::Double(value) => {
            signed(value.is_sign_negative(), Token::f64_suffixed(value.abs()))
        }
        Literal::Text(value) => quote!(#value),
        _ => return None,
    })
}
