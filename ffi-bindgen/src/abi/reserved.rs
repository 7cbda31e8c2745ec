//! Lists the words that C, C++ or their common headers keep for themselves.

/// Whether a field or parameter of this name would not compile somewhere.
pub(crate) fn is_reserved(name: &str) -> bool {
    let mut chars = name.chars();
    // `__FILE__`, `_Bool`: the standards keep these forms for the implementation.
    let implementation =
        chars.next() == Some('_') && chars.next().is_some_and(|second| second == '_' || second.is_ascii_uppercase());
    implementation || [KEYWORDS, TYPES, MACROS].iter().any(|words| words.contains(&name))
}

/// Keywords of C99 to C23 and of C++98 to C++20, with the alternative tokens.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch",
    "char", "char16_t", "char32_t", "char8_t", "class", "co_await", "co_return", "co_yield", "compl", "concept",
    "const", "const_cast", "consteval", "constexpr", "constinit", "continue", "decltype", "default", "delete", "do",
    "double", "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend",
    "goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr",
    "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast", "requires",
    "restrict", "return", "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch",
    "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "typeof",
    "typeof_unqual", "union", "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
];

/// Types the header itself uses; a member of such a name changes their meaning in C++.
const TYPES: &[&str] = &[
    "FfiCallback",
    "int16_t",
    "int32_t",
    "int64_t",
    "int8_t",
    "ptrdiff_t",
    "size_t",
    "uint16_t",
    "uint32_t",
    "uint64_t",
    "uint8_t",
];

/// Macros that compilers predefine, or that headers a host is likely to include define.
#[rustfmt::skip]
const MACROS: &[&str] = &[
    // Predefined in GNU modes.
    "i386", "linux", "mips", "sparc", "sun", "unix", "vax",
    // The header's own.
    "RET_ERR", "RET_MISSING_CALLBACK", "RET_OK", "RET_STALE_WARN",
    // <assert.h>, <complex.h>, <errno.h>, <math.h>, <setjmp.h>, <signal.h>, <stdarg.h>, <stddef.h>
    "EDOM", "EILSEQ", "ERANGE", "HUGE_VAL", "HUGE_VALF", "HUGE_VALL", "I", "INFINITY", "NAN", "NULL", "SIGABRT",
    "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM", "SIG_DFL", "SIG_ERR", "SIG_IGN", "assert", "complex", "errno",
    "imaginary", "math_errhandling", "offsetof", "setjmp", "va_arg", "va_copy", "va_end", "va_start",
    // <float.h>, <limits.h>, <stdint.h>
    "CHAR_BIT", "CHAR_MAX", "CHAR_MIN", "DBL_DIG", "DBL_EPSILON", "DBL_MAX", "DBL_MIN", "FLT_DIG", "FLT_EPSILON",
    "FLT_MAX", "FLT_MIN", "FLT_RADIX", "INT16_MAX", "INT16_MIN", "INT32_MAX", "INT32_MIN", "INT64_MAX", "INT64_MIN",
    "INT8_MAX", "INT8_MIN", "INTMAX_MAX", "INTMAX_MIN", "INTPTR_MAX", "INTPTR_MIN", "INT_MAX", "INT_MIN", "LLONG_MAX",
    "LLONG_MIN", "LONG_MAX", "LONG_MIN", "MB_LEN_MAX", "PATH_MAX", "PTRDIFF_MAX", "PTRDIFF_MIN", "SCHAR_MAX",
    "SCHAR_MIN", "SHRT_MAX", "SHRT_MIN", "SIZE_MAX", "SSIZE_MAX", "UCHAR_MAX", "UINT16_MAX", "UINT32_MAX",
    "UINT64_MAX", "UINT8_MAX", "UINTMAX_MAX", "UINTPTR_MAX", "UINT_MAX", "ULLONG_MAX", "ULONG_MAX", "USHRT_MAX",
    // <stdio.h>, <stdlib.h>, <time.h>
    "BUFSIZ", "CLOCKS_PER_SEC", "EOF", "EXIT_FAILURE", "EXIT_SUCCESS", "FILENAME_MAX", "FOPEN_MAX", "L_tmpnam",
    "MB_CUR_MAX", "RAND_MAX", "SEEK_CUR", "SEEK_END", "SEEK_SET", "TMP_MAX", "stderr", "stdin", "stdout",
    // POSIX members that are macros in disguise.
    "h_addr", "s_addr", "sa_handler", "sa_sigaction", "si_addr", "si_pid", "si_status", "si_uid", "si_value",
    "st_atime", "st_ctime", "st_mtime",
    // <windows.h>
    "CALLBACK", "CONST", "DELETE", "DOMAIN", "ERROR", "FALSE", "IN", "OPTIONAL", "OUT", "OVERFLOW", "STRICT", "TRUE",
    "UNDERFLOW", "VOID", "far", "interface", "near", "small",
];

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn words_of_either_language_are_reserved() {
        for word in ["int", "class", "and", "restrict", "linux", "errno", "NULL", "size_t", "_Bool", "__FILE__"] {
            assert!(is_reserved(word), "{word}");
        }
    }

    #[test]
    fn ordinary_names_are_not() {
        for word in ["name", "klass", "_private", "interest", "Int", "_", "é"] {
            assert!(!is_reserved(word), "{word}");
        }
    }
}
