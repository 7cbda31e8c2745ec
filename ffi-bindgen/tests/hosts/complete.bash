# Completes each line of standard input as bash does, and prints what it would offer.
#
#   complete.bash SCRIPT [BEFORE]: the script of `cargo ffi completions bash`, and what is sourced before it
[[ -z "${2-}" ]] || source "$2"
source "$1"

while IFS= read -r line; do
    read -ra COMP_WORDS <<<"$line"
    [[ "$line" != *" " ]] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMP_LINE=$line
    COMP_POINT=${#line}
    COMPREPLY=()
    program=${COMP_WORDS[0]}
    [[ $(complete -p "$program") =~ -F\ ([^ ]+) ]]
    "${BASH_REMATCH[1]}" "$program" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
done
