//! The crates and their layers.

/// A crate, with its layers from the ground up: each uses those before it, and none after.
pub(crate) struct Crate {
    /// Its root file, from the repository's root.
    pub(crate) root: &'static str,
    pub(crate) layers: &'static [&'static [&'static str]],
}

impl Crate {
    /// How high a module is, by the longest path that begins its own; `None` where no layer has it.
    pub(crate) fn layer_of(&self, module: &str) -> Option<usize> {
        let length = |begin: &str| {
            let is_within = module == begin || module.strip_prefix(begin).is_some_and(|rest| rest.starts_with("::"));
            is_within.then_some(begin.len())
        };
        let named = self.layers.iter().enumerate();
        let fitting = named.flat_map(|(at, layer)| layer.iter().filter_map(move |begin| Some((length(begin)?, at))));
        fitting.max().map(|(_, at)| at)
    }
}

/// The crates that users build.
pub(crate) const CRATES: [Crate; 4] = [
    Crate {
        root: "ffi-runtime/src/lib.rs",
        layers: &[
            // Ground.
            &[
                "abi",
                "error",
                "failure",
                "insertion_sort",
                "lazy",
                "memory",
                "nesting",
                "panic",
                "process",
                "rfc3339",
                "runtime_handle",
                "scopes",
                "stack",
                "sync",
                "threads",
                "timing",
                "utf8",
            ],
            // Below the values, since a type describes itself.
            &["schema"],
            // The two forms, which know no type.
            &["value::pod", "value::cbor", "value::field"],
            &["value::types"],
            &["value"],
            &["declare"],
            &["callback"],
            &["events"],
            &["call"],
            &["context"],
            &["worker"],
            // What one library has at run time.
            &["registry"],
            &["entry"],
            &["crate", "__private_0_1_0"],
        ],
    },
    Crate {
        root: "ffi-macros/src/lib.rs",
        layers: &[&["errors", "surroundings"], &["options"], &["names", "paths"], &["model"], &["expand"], &["crate"]],
    },
    Crate {
        root: "ffi-bindgen/src/lib.rs",
        layers: &[
            &["error", "file", "printable"],
            &["model", "templates"],
            // What C sees.
            &["abi"],
            &["backends"],
            &["tools"],
            &["crate"],
        ],
    },
    Crate { root: "ffi-bindgen/src/main.rs", layers: &[&["cli"], &["crate"]] },
];

#[test]
fn the_longest_path_names_the_layer() {
    let layered = Crate { root: "", layers: &[&["a::b"], &["a"], &["ab"]] };
    let layers = ["a::b::c", "a::c", "a", "ab", "b"].map(|module| layered.layer_of(module));
    assert_eq!(layers, [Some(0), Some(1), Some(1), Some(2), None]);
}
