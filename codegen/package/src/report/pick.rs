//! Which samples a report shows when it may not show all: fairly, the first of every group before the
//! second of any.

/// How many samples each group shows, of so many that it has, when all of them together may show `limit`.
pub(super) fn share_out(has: &[usize], limit: usize) -> Vec<usize> {
    let mut shows = vec![0; has.len()];
    let mut left = limit;
    let mut round = 0;
    while left > 0 {
        let mut given = false;
        for (shown, has) in shows.iter_mut().zip(has) {
            if *has > round && left > 0 {
                *shown += 1;
                left -= 1;
                given = true;
            }
        }
        if !given {
            break;
        }
        round += 1;
    }
    shows
}

#[cfg(test)]
mod tests {
    use super::share_out;

    #[test]
    fn every_group_shows_its_first_before_any_its_second() {
        assert_eq!(share_out(&[3, 0, 1, 5], 5), [2, 0, 1, 2]);
        assert_eq!(share_out(&[3, 1], 9), [3, 1]);
        assert_eq!(share_out(&[3, 1], 0), [0, 0]);
        assert_eq!(share_out(&[], 4), [] as [usize; 0]);
    }
}
