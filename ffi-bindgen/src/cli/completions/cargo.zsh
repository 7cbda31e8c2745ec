
# What completes cargo calls `_cargo-ffi` for `cargo ffi …`. Where nothing does, this completes that alone.
_cargo-ffi_of_cargo() {
    if (( CURRENT > 2 )) && [[ "$words[2]" == ffi ]]; then
        shift words
        (( CURRENT -= 1 ))
        _cargo-ffi
    elif (( CURRENT == 2 )); then
        compadd ffi
    else
        _default
    fi
}

if (( $+functions[compdef] && ! $+_comps[cargo] )); then
    compdef _cargo-ffi_of_cargo cargo
fi
