//! The sources that somebody wrote by hand.

use std::fs;
use std::path::Path;

/// How the names of sources end. Scripts without an ending are sources as well.
const ENDINGS: [&str; 14] = ["rs", "c", "h", "hpp", "cpp", "py", "js", "mjs", "ts", "go", "j2", "html", "sh", "pyi"];

/// Folders in which nothing is written by hand.
const MADE: [&str; 5] = ["target", "node_modules", "__pycache__", "expected", ".git"];

/// Each source's path from the root.
pub(crate) fn of(root: &Path) -> Vec<String> {
    files(root).into_iter().filter(|path| is_source(&root.join(path))).collect()
}

/// The path from the root, with `/` between folders, of every file that nothing has made.
pub(crate) fn files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().expect("names are UTF-8");
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if entry.file_type().expect("an entry has a type").is_dir() {
                if !MADE.contains(&&*name) {
                    folders.push(path);
                }
            } else {
                found.push(path);
            }
        }
    }
    found
}

fn is_source(file: &Path) -> bool {
    let is_script = || fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"#!"));
    file.extension().map_or_else(is_script, |ending| ENDINGS.iter().any(|known| ending == *known))
}
