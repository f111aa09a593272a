//! Typed rows to bytes.

use std::io::Write;

use vitrina::Record;

use crate::measure::Contest;
use crate::rows::{Homeworks, Marks, Persons, Shape, UuidMarks};
use crate::{Outcome, peer};

/// Measures every shape.
pub(crate) fn run(rows: u64) -> Outcome {
    shape::<UuidMarks>(rows)?;
    shape::<Marks>(rows / 2)?;
    shape::<Persons>(rows / 2)?;
    shape::<Homeworks>(rows / 2)
}

/// What is written is counted and forgotten.
struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += std::hint::black_box(bytes).len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs `write` over a memory that is kept from run to run.
fn kept<'a>(
    size: usize,
    mut write: impl FnMut(&mut Vec<u8>) -> Outcome + 'a,
) -> impl FnMut() -> Outcome<usize> + 'a {
    let mut memory = Vec::with_capacity(size + 4096);
    move || {
        memory.clear();
        write(&mut memory)?;
        Ok(std::hint::black_box(&memory).len())
    }
}

fn shape<S: Shape>(count: u64) -> Outcome {
    let rows: Vec<S::Row> = (0..count).map(S::row).collect();
    let peers: Vec<S::Peer> = rows.iter().map(S::peer).collect();
    let (rows, peers) = (&rows, &peers);
    // The `csv` crate writes no header here and ends each row with a line feed; ours has the header.
    let header = S::Row::TABLE.header.len();
    let mut ours = Vec::new();
    S::Row::write_csv(rows, &mut ours)?;
    let bytes = ours.get(header + 1..).unwrap_or_default();
    let theirs = peer::write(rows, Vec::new())?;
    if theirs.strip_suffix(b"\n") != Some(bytes) {
        return Err("the `csv` crate by hand writes other bytes".into());
    }
    let size = ours.len();
    let mut contest = Contest::new(format!("Writing {count} rows: {}", S::TITLE), &ours);
    contest.add(
        "vitrina to memory",
        kept(size, |memory| {
            S::Row::append_csv(rows, memory)?;
            Ok(())
        }),
    );
    contest.add(
        "vitrina to memory as to any `Write`",
        kept(size, |memory| {
            S::Row::write_csv(rows, memory)?;
            Ok(())
        }),
    );
    contest.add("vitrina, counted", || {
        let mut count = Count(0);
        S::Row::write_csv(rows, &mut count)?;
        Ok(count.0)
    });
    contest.add(
        "`csv` by hand to memory",
        kept(size, move |memory| {
            memory.resize(header, b' ');
            peer::write(rows, memory)?;
            Ok(())
        }),
    );
    contest.add("`csv` by hand, counted", || {
        Ok(header + peer::write(rows, Count(0))?.0)
    });
    contest.add(
        "`csv` with serde to memory",
        kept(size, move |memory| {
            memory.resize(header, b' ');
            let mut writer = peer::writer(memory);
            for peer in peers {
                writer.serialize(peer)?;
            }
            writer.flush()?;
            Ok(())
        }),
    );
    contest.run()
}
