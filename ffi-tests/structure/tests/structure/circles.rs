//! Circles in a graph.

use std::collections::{BTreeMap, BTreeSet};

/// All that reach themselves, in order.
pub(crate) fn in_circles<'a>(edges: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<&'a str> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(from).or_default().insert(to);
    }
    next.keys().copied().filter(|start| reaches(&next, start)).collect()
}

fn reaches(next: &BTreeMap<&str, BTreeSet<&str>>, start: &str) -> bool {
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![start]);
    while let Some(at) = waiting.pop() {
        for &to in next.get(at).into_iter().flatten() {
            if to == start {
                return true;
            }
            if seen.insert(to) {
                waiting.push(to);
            }
        }
    }
    false
}

#[test]
fn what_reaches_itself_is_in_a_circle() {
    let edges = [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("e", "a")];
    assert_eq!(in_circles(edges), ["b", "c"]);
    assert!(in_circles([("a", "b"), ("a", "c"), ("b", "c")]).is_empty());
}
