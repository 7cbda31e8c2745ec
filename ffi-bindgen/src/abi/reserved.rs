//! Lists the words that C, C++ or their common headers keep for themselves.

/// Whether a name in a scope of its own (a field, a parameter, a variant, a type) would not compile somewhere.
///
/// By custom macros are in capitals, and no standard header has one that ends with an underscore: so every name that
/// looks like a macro gets one, and none has to be known. Those in other letters are listed.
pub(crate) fn is_reserved(name: &str) -> bool {
    is_implementations(name)
        || is_in_capitals(name)
        || [KEYWORDS, TYPES, MACROS].iter().any(|words| words.contains(&name))
}

/// `__FILE__`, `_Bool`: the standards keep these forms for the implementation. What ends with more underscores than any
/// name of theirs is free: `_FLOAT_H___` is one.
fn is_implementations(name: &str) -> bool {
    let is_capital = |rest: &str| rest.starts_with(|second: char| second.is_ascii_uppercase());
    let has_form = (name.starts_with("__") && name.len() > 2) || name.strip_prefix('_').is_some_and(is_capital);
    has_form && !name.ends_with("____")
}

/// Whether a function of this name would not compile somewhere: a macro with arguments is one before a parenthesis only.
pub(crate) fn is_reserved_function(name: &str) -> bool {
    is_reserved(name) || FUNCTION_MACROS.contains(&name)
}

/// Whether a name that begins with its library's is a word of either language, or a macro that has to be known: the
/// library's name may be the first half of one.
pub(super) fn is_word(name: &str) -> bool {
    [KEYWORDS, TYPES, MACROS, FUNCTION_MACROS].iter().any(|words| words.contains(&name))
}

/// Whether the name is written as macros are: `EPERM`, `SYS_read`, `L_tmpnam`, `PRIu64`.
fn is_in_capitals(name: &str) -> bool {
    let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let (word, rest) = name.split_once('_').map_or((name, None), |(word, rest)| (word, Some(rest)));
    let begins = name.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(is_capital);
    let format = ["PRI", "SCN"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or_default();
    let is_format = format.starts_with(|c: char| c.is_ascii_lowercase()) && format[1..].starts_with(is_capital);
    (begins && (word.len() > 1 || rest.is_some()) && !name.ends_with('_')) || (is_format && !name.ends_with('_'))
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
    "uintptr_t",
    "va_list",
];

/// Macros in other letters, which compilers predefine or headers define that a host is likely to include.
#[rustfmt::skip]
const MACROS: &[&str] = &[
    // Predefined in GNU modes.
    "i386", "linux", "mips", "sparc", "sun", "unix", "vax",
    // <complex.h>, <errno.h>, <libgen.h>, <math.h>, <netdb.h>, <stdio.h>, <stdnoreturn.h>
    "I", "basename", "complex", "errno", "h_errno", "imaginary", "math_errhandling", "noreturn", "stderr", "stdin",
    "stdout",
    // <stdatomic.h>
    "atomic_compare_exchange_strong_explicit", "atomic_compare_exchange_weak_explicit", "atomic_exchange_explicit",
    "atomic_fetch_add_explicit", "atomic_fetch_and_explicit", "atomic_fetch_or_explicit", "atomic_fetch_sub_explicit",
    "atomic_fetch_xor_explicit", "atomic_init", "atomic_load_explicit", "atomic_store_explicit",
    // POSIX members that are macros in disguise.
    "d_fileno", "d_ino", "f_fsid", "h_addr", "ifa_broadaddr", "ifa_dstaddr", "ifc_buf", "ifc_req", "ifr_addr",
    "ifr_bandwidth", "ifr_broadaddr", "ifr_data", "ifr_dstaddr", "ifr_flags", "ifr_hwaddr", "ifr_ifindex", "ifr_map",
    "ifr_metric", "ifr_mtu", "ifr_name", "ifr_netmask", "ifr_newname", "ifr_qlen", "ifr_slave", "msg_cbytes",
    "s6_addr", "s6_addr16", "s6_addr32", "s_addr", "sa_handler", "sa_sigaction", "sched_priority", "si_addr",
    "si_addr_lsb", "si_arch", "si_band", "si_call_addr", "si_fd", "si_int", "si_lower", "si_overrun", "si_pid",
    "si_pkey", "si_ptr", "si_status", "si_stime", "si_syscall", "si_timerid", "si_uid", "si_upper", "si_utime",
    "si_value", "sigev_notify_attributes", "sigev_notify_function", "st_atime", "st_ctime", "st_mtime", "sv_onstack",
    "tcp_flags",
    // <windows.h>
    "far", "interface", "near", "small",
];

/// Macros with arguments, in other letters than capitals.
#[rustfmt::skip]
const FUNCTION_MACROS: &[&str] = &[
    // <assert.h>, <setjmp.h>, <stdarg.h>, <stddef.h>
    "assert", "assert_perror", "offsetof", "setjmp", "sigsetjmp", "va_arg", "va_copy", "va_end", "va_start",
    // <ctype.h>
    "_tolower", "_toupper",
    "isalnum_l", "isalpha_l", "isascii", "isascii_l", "isblank_l", "iscntrl_l", "isdigit_l", "isgraph_l", "islower_l",
    "isprint_l", "ispunct_l", "isspace_l", "isupper_l", "isxdigit_l", "toascii", "toascii_l",
    // <math.h>
    "issubnormal",
    // <stdatomic.h>
    "atomic_compare_exchange_strong", "atomic_compare_exchange_weak", "atomic_exchange", "atomic_fetch_add",
    "atomic_fetch_and", "atomic_fetch_or", "atomic_fetch_sub", "atomic_fetch_xor", "atomic_flag_clear",
    "atomic_flag_clear_explicit", "atomic_flag_test_and_set", "atomic_flag_test_and_set_explicit", "atomic_is_lock_free",
    "atomic_load", "atomic_signal_fence", "atomic_store", "atomic_thread_fence", "kill_dependency",
    // <alloca.h>, <endian.h>, <pthread.h>, <signal.h>, <string.h>
    "alloca", "bswap_16", "bswap_32", "bswap_64", "be16toh", "be32toh", "be64toh", "htobe16", "htobe32", "htobe64", "htole16", "htole32", "htole64",
    "htonl", "htons", "le16toh", "le32toh", "le64toh", "ntohl", "ntohs", "pthread_cleanup_pop",
    "pthread_cleanup_pop_restore_np", "pthread_cleanup_push", "pthread_cleanup_push_defer_np", "sigmask", "strdupa",
    "strndupa",
    // <sys/param.h>, <sys/sysmacros.h>, <sys/time.h>
    "clrbit", "howmany", "isclr", "isset", "major", "makedev", "minor", "powerof2", "roundup", "setbit", "timeradd",
    "timerclear", "timercmp", "timerisset", "timersub",
    // <windows.h>
    "max", "min",
];

#[cfg(test)]
mod tests {
    use super::{is_in_capitals, is_reserved, is_reserved_function};
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    #[test]
    fn words_of_either_language_are_reserved() {
        for word in ["int", "class", "and", "restrict", "linux", "errno", "NULL", "size_t", "_Bool", "__FILE__", "I"] {
            assert!(is_reserved(word), "{word}");
        }
    }

    #[test]
    fn ordinary_names_are_not() {
        for word in ["name", "klass", "_private", "interest", "Int", "_", "é", "É", "A", "Utf8", "PRImary", "EPERM_"]
        {
            assert!(!is_reserved(word), "{word}");
        }
        assert!(is_reserved_function("major") && !is_reserved("major") && !is_reserved_function("greet"));
    }

    /// The headers of C and of POSIX.
    const C: &str = "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign \
        stdarg stdatomic stdbit stdbool stdckdint stddef stdint stdio stdlib stdnoreturn string tgmath threads time \
        uchar wchar wctype aio arpa/inet cpio dirent dlfcn endian fcntl fmtmsg fnmatch ftw glob grp iconv langinfo \
        libgen libintl monetary mqueue ndbm net/if netdb netinet/in netinet/tcp nl_types poll pthread pwd regex sched \
        search semaphore spawn strings stropts sys/ipc sys/mman sys/msg sys/resource sys/select sys/sem sys/shm \
        sys/socket sys/stat sys/statvfs sys/time sys/times sys/types sys/uio sys/un sys/utsname sys/wait syslog tar \
        termios trace ulimit unistd utime utmpx wordexp alloca byteswap ifaddrs sys/param sys/sysmacros sys/syscall";

    /// Those of C++.
    const CXX: &str = "algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts \
        condition_variable coroutine deque exception execution expected filesystem format forward_list fstream \
        functional future generator initializer_list iomanip ios iosfwd iostream istream iterator latch limits list \
        locale map mdspan memory memory_resource mutex new numbers numeric optional ostream print queue random ranges \
        ratio regex scoped_allocator semaphore set shared_mutex source_location span spanstream sstream stack \
        stacktrace stdexcept stdfloat stop_token streambuf string string_view syncstream system_error thread tuple \
        type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version";

    /// The macros of these headers, and whether each has arguments; none where there is no such compiler.
    fn macros(compiler: &str, language: &str, headers: &[String]) -> Vec<(String, bool)> {
        let mut command = Command::new(compiler);
        command.args(["-x", language, "-D_GNU_SOURCE", "-dM", "-E", "-"]).stderr(Stdio::null());
        let Ok(mut run) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else { return Vec::new() };
        let text: String =
            headers.iter().map(|it| format!("#if __has_include(<{it}>)\n#include <{it}>\n#endif\n")).collect();
        run.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
        let said = String::from_utf8(run.wait_with_output().expect("the compiler ends").stdout).expect("UTF-8");
        let name = |line: &str| {
            let rest = line.strip_prefix("#define ")?;
            let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            Some((rest[..end].to_owned(), rest[end..].starts_with('(')))
        };
        said.lines().filter_map(name).collect()
    }

    #[test]
    fn every_macro_of_the_installed_standard_headers_is_reserved() {
        let c: Vec<_> = C.split_whitespace().map(|name| format!("{name}.h")).collect();
        let cxx: Vec<_> = CXX.split_whitespace().map(str::to_owned).collect();
        let mut checked = 0;
        for (compiler, language) in [("gcc", "c"), ("clang", "c"), ("g++", "c++"), ("clang++", "c++")] {
            // One by one, since a header may end what another defined; those of C++ are slower, and end less.
            let runs = c.iter().map(std::slice::from_ref).chain((language == "c++").then_some(&cxx[..]));
            for (name, has_arguments) in runs.flat_map(|headers| macros(compiler, language, headers)) {
                // What has arguments is told apart from a name that no parenthesis follows. In C no function of ours
                // has a name without the library's.
                let is_safe =
                    if !has_arguments { is_reserved(&name) } else { language == "c" || is_reserved_function(&name) };
                assert!(is_safe, "{compiler}: {name}");
                assert!(name.starts_with('_') || !name.ends_with('_'), "{compiler}: {name}");
                checked += usize::from(is_in_capitals(&name));
            }
        }
        assert!(checked == 0 || checked > 10_000, "{checked}");
    }
}
