
# `cargo ffi …` is completed as `cargo-ffi …` is, and everything else of cargo by what completed it before.
_cargo_ffi_of_cargo() {
    local at=1
    while [[ $at -lt $COMP_CWORD && "${COMP_WORDS[at]}" == [-+]* ]]; do
        at=$((at + 1))
    done
    if [[ $at -lt $COMP_CWORD && "${COMP_WORDS[at]}" == ffi ]]; then
        COMP_WORDS=(cargo-ffi "${COMP_WORDS[@]:at+1}")
        COMP_CWORD=$((COMP_CWORD - at))
        compopt -o bashdefault -o default 2>/dev/null
        _cargo_ffi cargo-ffi "$2" "$3"
        return
    fi
    if [[ -z "$_cargo_ffi_before" ]]; then
        # Many completions are loaded when they are first asked for, and replace this one.
        if declare -F _comp_load >/dev/null; then
            _comp_load -- cargo
        elif declare -F _completion_loader >/dev/null; then
            _completion_loader cargo
        fi
        _cargo_ffi_into_cargo
    fi
    if [[ -n "$_cargo_ffi_before" ]]; then
        "$_cargo_ffi_before" "$@"
    elif [[ $at -eq $COMP_CWORD && ffi == "$2"* ]]; then
        COMPREPLY=(ffi)
    fi
}

# Takes the place of the function that completes cargo, and keeps its name.
_cargo_ffi_into_cargo() {
    local before
    before="$(complete -p cargo 2>/dev/null)"
    if [[ "$before" =~ -F\ ([^\ ]+) && "${BASH_REMATCH[1]}" != _cargo_ffi_of_cargo ]]; then
        _cargo_ffi_before="${BASH_REMATCH[1]}"
        eval "${before/-F $_cargo_ffi_before/-F _cargo_ffi_of_cargo}"
    elif [[ -z "$before" ]]; then
        complete -F _cargo_ffi_of_cargo -o bashdefault -o default cargo
    fi
}

: "${_cargo_ffi_before:=}"
_cargo_ffi_into_cargo
