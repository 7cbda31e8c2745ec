# Completes one line in an interactive zsh, and prints what its terminal would show.
#
#   complete.zsh FOLDERS LINE COMMAND: folders of completions, and a command that the shell runs first
zmodload zsh/zpty
zpty shell zsh -f -i
# The backslashes keep the words from being found where the terminal repeats what is typed.
zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; $3; print REA\\DY"
zpty -r -m shell out '*READY*'
# The completed line becomes arguments of a command that does nothing.
zpty -w -n shell "$2"$'\t\C-a: \C-e; print DO\\NE\n'
zpty -r -m shell out '*DONE*'
print -r -- "$out"
