//! Insertion sort, for the few things that a library describes, once.
//!
//! Every use of std's sorts, which are made for many things, adds ten kilobytes of code to every library, and a
//! tree of its own another ten.

/// Sorts, where `precedes` says whether one must come before another. Equals keep their order.
pub(crate) fn sort<T>(items: &mut [T], precedes: impl Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && precedes(&items[at], &items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Puts an item into its place among sorted ones, unless it is there; whether it was not.
pub(crate) fn insert<T: Ord>(sorted: &mut Vec<T>, item: T) -> bool {
    let place = sorted.binary_search(&item);
    if let Err(place) = place {
        sorted.insert(place, item);
    }
    place.is_err()
}

#[cfg(test)]
mod tests {
    use super::{insert, sort};

    #[test]
    fn equals_keep_their_order() {
        let mut items = [(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        sort(&mut items, |a, b| a.0 < b.0);
        assert_eq!(items, [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn an_item_is_inserted_once() {
        let mut sorted = Vec::new();
        assert_eq!([3, 1, 3, 2].map(|item| insert(&mut sorted, item)), [true, true, false, true]);
        assert_eq!(sorted, [1, 2, 3]);
    }
}
