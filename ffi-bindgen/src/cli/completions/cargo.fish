
# `cargo ffi …` is completed as `cargo-ffi …` is.
function __fish_cargo_ffi_of_cargo
    set -l line (commandline -cp)
    complete -C (string replace -r '^\s*cargo(\s+[-+]\S+)*\s+ffi\s' 'cargo-ffi ' -- "$line")
end

function __fish_cargo_ffi_in_cargo
    string match -qr '^\s*cargo(\s+[-+]\S+)*\s+ffi\s' -- (commandline -cp)
end

complete -c cargo -n __fish_cargo_ffi_in_cargo -f -a '(__fish_cargo_ffi_of_cargo)'
