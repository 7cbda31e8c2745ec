//! The sources that somebody wrote by hand.

use std::path::Path;
use std::process::Command;

/// How the names of sources end.
const ENDINGS: [&str; 14] = ["rs", "c", "h", "hpp", "cpp", "py", "js", "mjs", "ts", "go", "j2", "html", "sh", "pyi"];

/// Folders whose files are recorded, not written.
const RECORDED: [&str; 1] = ["expected"];

/// Each source's path from the root. Scripts without an ending are sources as well.
pub(crate) fn of(root: &Path) -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(root)
        .output();
    let listed = listed.expect("git runs").stdout;
    let listed = String::from_utf8(listed).expect("names are UTF-8");
    let is_source = |path: &&str| {
        let (path, file) = (Path::new(path), root.join(path));
        let is_recorded = path.components().any(|part| RECORDED.iter().any(|name| part.as_os_str() == *name));
        let has_ending =
            path.extension().map_or_else(|| is_script(&file), |ending| ENDINGS.iter().any(|known| ending == *known));
        !is_recorded && has_ending && file.exists()
    };
    listed.split_terminator('\0').filter(is_source).map(str::to_owned).collect()
}

fn is_script(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"#!"))
}
