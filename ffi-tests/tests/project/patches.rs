//! Every mistake that is patched into a copy of the sources finds its place: a patch that does not apply shows nothing.

use crate::{read, root};

/// The parts of a patch: a file, and for each of its places the lines that must stand there.
fn places(patch: &str) -> Vec<(String, String)> {
    let mut places = Vec::new();
    let mut file = String::new();
    for line in patch.lines() {
        if let Some(path) = line.strip_prefix("--- a/") {
            file = path.to_owned();
        } else if line.starts_with("@@ ") {
            places.push((file.clone(), String::new()));
        } else if let Some((_, before)) = places.last_mut()
            && let Some(kept) = line.strip_prefix([' ', '-']).filter(|_| !line.starts_with("--"))
        {
            before.push_str(kept);
            before.push('\n');
        }
    }
    places
}

#[test]
fn every_patch_applies() {
    let mut complaints = Vec::new();
    for folder in ["models/mutants", "hosts/seeded/patches"] {
        let folder = root().join("ffi-tests").join(folder);
        for entry in std::fs::read_dir(&folder).expect("a folder of patches") {
            let path = entry.expect("a patch").path();
            let places = places(&read(&path));
            assert!(!places.is_empty(), "{} changes nothing", path.display());
            for (file, before) in places {
                if !read(&root().join(&file)).contains(&before) {
                    complaints.push(format!("{} does not apply, {file} does not say:\n{before}", path.display()));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
