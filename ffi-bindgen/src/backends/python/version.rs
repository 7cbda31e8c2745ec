//! Writes the version of a crate, which is one of SemVer, as Python's packaging tools take it, which is PEP 440.
//!
//! - A pre-release stays one: it is older than its release, whatever its words are.
//! - `alpha`, `beta` and `rc` become those of Python. Every other word becomes a development release, which is older
//!   than these, and stands behind the plus.
//! - Two versions whose pre-releases begin with the same word keep their order by what follows it: nothing, then
//!   numbers, then words. Nothing and 0 differ: `alpha` alone is a development release of Python's `a0`, and where it is
//!   one anyway, the 0 stands behind the plus too. What comes after that, and the build metadata, stands there as well.

/// What stands for a word where a number would stand: SemVer has words after all numbers, and Cargo's end here.
const AFTER_NUMBERS: u64 = u64::MAX;

/// The version as Python writes it. What is none of SemVer's still gives one of Python's.
pub(super) fn version(version: &str) -> String {
    let (version, build) = version.split_once('+').unwrap_or((version, ""));
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
    let (numbers, pre) = version.split_at(end);
    let numbers: Vec<&str> = numbers.split('.').filter(|number| !number.is_empty()).collect();
    let numbers = if numbers.is_empty() { "0".to_owned() } else { numbers.join(".") };
    let (pre, rest) = pre_release(pre.strip_prefix('-').unwrap_or(pre));
    let local: Vec<String> = rest.into_iter().chain(words(build)).collect();
    if local.is_empty() { format!("{numbers}{pre}") } else { format!("{numbers}{pre}+{}", local.join(".")) }
}

/// The pre-release in Python's words, and what stands behind the plus.
fn pre_release(text: &str) -> (String, Vec<String>) {
    let (first, rest) = text.split_once('.').unwrap_or((text, ""));
    let (word, number) = split(first);
    let mut rest = words(rest).peekable();
    let number = number.map(str::to_owned).or_else(|| rest.next_if(|next| is_number(next)));
    let is_bare = number.is_none() && rest.peek().is_none();
    let number = number.unwrap_or_else(|| if is_bare { 0 } else { AFTER_NUMBERS }.to_string());
    let number = Some(number.trim_start_matches('0')).filter(|number| !number.is_empty()).unwrap_or("0");
    let phase = match &*word.to_lowercase() {
        "" if first.is_empty() => return (String::new(), rest.collect()),
        "alpha" | "a" => "a",
        "beta" | "b" => "b",
        "rc" => "rc",
        // A number alone, which no word can stand without.
        "" => return (format!(".dev{number}"), rest.collect()),
        word => {
            let odd = (word != "dev").then(|| words(word)).into_iter().flatten();
            let zero = (number == "0" && !is_bare).then(|| number.to_owned());
            return (format!(".dev{number}"), odd.chain(zero).chain(rest).collect());
        }
    };
    let bare = if is_bare { ".dev0" } else { "" };
    (format!("{phase}{number}{bare}"), rest.collect())
}

/// The word that an identifier begins with, and the number that it ends with: `rc1`, `rc-1`, `1`.
fn split(identifier: &str) -> (&str, Option<&str>) {
    let word = identifier.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = Some(&identifier[word.len()..]).filter(|number| !number.is_empty());
    (if number.is_some() { word.trim_end_matches('-') } else { word }, number)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What of this may stand behind the plus.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::version;
    use cargo_metadata::semver::Version;
    use std::process::Command;

    /// Versions of one crate, each later than the one before.
    #[rustfmt::skip]
    const IN_ORDER: [&[&str]; 6] = [
        &["1.2.2", "1.2.3-alpha", "1.2.3-alpha.0", "1.2.3-alpha.0.0", "1.2.3-alpha.1", "1.2.3-alpha.beta", "1.2.3-beta", "1.2.3-beta.2", "1.2.3-beta.11"],
        &["1.2.3-beta.11", "1.2.3-rc", "1.2.3-rc.0", "1.2.3-rc.0.1", "1.2.3-rc.1", "1.2.3-rc.1.1", "1.2.3-rc.2", "1.2.3-rc.10", "1.2.3-rc.x", "1.2.3"],
        &["1.2.2+build", "1.2.3-dev", "1.2.3-dev.0", "1.2.3-dev.0.0", "1.2.3-dev.1", "1.2.3-dev.2", "1.2.3-dev.10", "1.2.3-dev.g1a2b", "1.2.3"],
        &["1.2.2", "1.2.3-0.3.7", "1.2.3-0.3.10", "1.2.3-1", "1.2.3-20240131", "1.2.3", "1.2.4-pre+5", "1.2.4-x-y"],
        &["1.2.2", "1.2.3-nightly", "1.2.3-nightly.0", "1.2.3-nightly.1", "1.2.3-nightly.20240131", "1.2.3-nightly.20240201", "1.2.3", "1.2.4-SNAPSHOT", "1.2.4"],
        &["1.2.2", "1.2.3-x.7.z.92", "1.2.3-x.8", "1.2.3", "1.2.3+linux", "2.0.0-rc1", "2.0.0"],
    ];

    /// Compares as pip does, which has the rules of PEP 440 within itself.
    const COMPARE: &str = "import sys\nfrom pip._vendor.packaging.version import Version\n\
        versions = [Version(version) for version in sys.argv[1:]]\n\
        wrong = [pair for pair in zip(versions, versions[1:]) if not pair[0] < pair[1]]\n\
        sys.exit(str(wrong) if wrong else 0)";

    #[test]
    fn versions_keep_their_order() {
        for versions in IN_ORDER {
            assert!(
                versions.windows(2).all(|pair| Version::parse(pair[0]).unwrap() < Version::parse(pair[1]).unwrap())
            );
            let python = versions.iter().map(|it| version(it));
            let Ok(compared) = Command::new("python3").args(["-I", "-c", COMPARE]).args(python).output() else {
                assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "there is no python3");
                return;
            };
            assert!(compared.status.success(), "{}", String::from_utf8_lossy(&compared.stderr));
        }
    }

    #[test]
    fn every_kind_of_version_is_one_of_pythons() {
        for (written, python) in [
            ("0.1.0", "0.1.0"),
            ("1.2.3-dev", "1.2.3.dev0"),
            ("1.2.3-0.3.7", "1.2.3.dev0+3.7"),
            ("1.2.3-20240131", "1.2.3.dev20240131"),
            ("1.2.3-nightly.5", "1.2.3.dev5+nightly"),
            ("1.2.3-SNAPSHOT", "1.2.3.dev0+snapshot"),
            ("1.2.3-pre-view-2.x", "1.2.3.dev2+pre.view.x"),
            ("1.2.3--", "1.2.3.dev0"),
            ("1.2.3-dev.0", "1.2.3.dev0+0"),
            ("1.2.3-nightly.0.x", "1.2.3.dev0+nightly.0.x"),
            ("1.2.3-0", "1.2.3.dev0"),
            ("1.2.3-alpha", "1.2.3a0.dev0"),
            ("1.2.3-alpha.0", "1.2.3a0"),
            ("1.2.3-rc0", "1.2.3rc0"),
            ("1.2.3-rc+build", "1.2.3rc0.dev0+build"),
            ("1.2.3-alpha.1", "1.2.3a1"),
            ("1.2.3-alpha.1.5", "1.2.3a1+5"),
            ("1.2.3-alpha.x", "1.2.3a18446744073709551615+x"),
            ("1.2.3-beta-2", "1.2.3b2"),
            ("1.2.3-RC007", "1.2.3rc7"),
            ("1.2.3-rc.1+build.5-x", "1.2.3rc1+build.5.x"),
            ("1.2.3+build", "1.2.3+build"),
            ("1.2.3+a-1", "1.2.3+a.1"),
            ("1..2.", "1.2"),
            ("\"\n", "0.dev0"),
            ("", "0"),
        ] {
            assert_eq!(version(written), python, "{written}");
        }
    }
}
