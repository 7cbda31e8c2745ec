//! Names the file of the C header.
//!
//! - It is `L.h`, unless an `#include` of another header would find it: compilers look into the folders that a host
//!   names before their own, so `time.h` there would be everybody's `<time.h>`. Such a header is `L_.h`.

/// The file that the header of this library stands in.
pub(crate) fn header_file(library: &str) -> String {
    let underscore = if is_taken(&library.to_lowercase()) { "_" } else { "" };
    format!("{library}{underscore}.h")
}

/// Whether `library.h` is a header of the system's or of the compiler's. Some file systems take no notice of case.
fn is_taken(library: &str) -> bool {
    HEADERS.contains(&library) || library.ends_with("intrin")
}

/// The headers, without `.h`, whose names may be those of a library.
#[rustfmt::skip]
const HEADERS: &[&str] = &[
    // C, to C23.
    "assert", "complex", "ctype", "errno", "fenv", "float", "inttypes", "iso646", "limits", "locale", "math",
    "setjmp", "signal", "stdalign", "stdarg", "stdatomic", "stdbit", "stdbool", "stdckdint", "stddef", "stdint",
    "stdio", "stdlib", "stdnoreturn", "string", "tgmath", "threads", "time", "uchar", "wchar", "wctype",
    // POSIX, with what it had before.
    "aio", "cpio", "dirent", "dlfcn", "endian", "fcntl", "fmtmsg", "fnmatch", "ftw", "glob", "grp", "iconv",
    "langinfo", "libgen", "libintl", "monetary", "mqueue", "ndbm", "netdb", "nl_types", "poll", "pthread", "pwd",
    "re_comp", "regex", "regexp", "sched", "search", "semaphore", "spawn", "strings", "stropts", "syslog", "tar",
    "termios", "trace", "ucontext", "ulimit", "unistd", "utime", "utmpx", "varargs", "wordexp",
    // The GNU C library, musl, the BSDs, Darwin.
    "a_out", "aliases", "alloca", "ar", "argp", "argz", "availability", "bitstring", "block", "byteswap", "crypt",
    "db", "elf", "envz", "err", "error", "execinfo", "features", "fpu_control", "fstab", "fts", "gconv", "getopt",
    "gshadow", "hash", "ieee754", "ifaddrs", "kvm", "lastlog", "libc", "libutil", "link", "login_cap", "malloc",
    "mcheck", "membership", "memory", "mntent", "monitor", "mpool", "nameser", "netconfig", "nlist", "notify",
    "nss", "ntsid", "obstack", "paths", "printf", "proc_service", "pty", "ranlib", "readpassphrase", "resolv",
    "runetype", "sgtty", "shadow", "stab", "stdio_ext", "stringlist", "syscall", "sysexits", "targetconditionals",
    "term", "termcap", "termio", "thread_db", "timeconv", "timers", "tls", "ttyent", "util", "utmp", "uuid",
    "values", "vis", "wait", "xlocale", "zconf",
    // Compilers.
    "acc_prof", "altivec", "arm64intr", "arm_acle", "arm_bf16", "arm_cde", "arm_cmse", "arm_fp16", "arm_mve",
    "arm_neon", "arm_sve", "armintr", "backtrace", "builtins", "cet", "cpuid", "gcov", "hexagon_protos",
    "hexagon_types", "hvx_hexagon_protos", "mm3dnow", "mm_malloc", "msa", "omp", "openacc", "quadmath",
    "quadmath_weak", "riscv_vector", "stdfix", "syslimits", "unwind", "vadefs", "wasm_simd128",
    // Windows.
    "conio", "corecrt", "crtdbg", "direct", "dos", "eh", "intrin", "io", "mbstring", "minmax", "new", "process",
    "rpc", "sal", "share", "tchar", "windows", "winsock", "winsock2",
    // What stands beside the header in a package.
    "bridge", "flattened", "mailbox",
];

#[cfg(test)]
mod tests {
    use super::{header_file, is_taken};
    use std::path::Path;
    use std::process::Command;

    #[test]
    fn a_header_is_named_after_its_library_unless_another_is() {
        assert_eq!(header_file("my_timer"), "my_timer.h");
        for library in ["time", "String", "regex", "signal", "values", "emmintrin"] {
            assert_eq!(header_file(library), format!("{library}_.h"));
        }
    }

    /// What `cc` says of itself; nothing where there is none.
    fn cc(argument: &str) -> Option<String> {
        let output = Command::new("cc").arg(argument).output().ok()?;
        String::from_utf8(output.stdout).ok().map(|said| said.trim().to_owned())
    }

    /// Every header of the compiler and of the C library that is installed here.
    #[test]
    fn no_installed_header_is_shadowed() {
        let of_system =
            ["/usr/include".to_owned(), format!("/usr/include/{}", cc("-print-multiarch").unwrap_or_default())];
        let of_compiler = cc("-print-file-name=include").unwrap_or_default();
        for folder in of_system.iter().chain([&of_compiler]) {
            for entry in Path::new(folder).read_dir().into_iter().flatten().flatten() {
                let (path, name) = (entry.path(), entry.file_name().into_string().unwrap_or_default());
                let text =
                    || String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).contains("GNU C Library");
                let Some(name) = name.strip_suffix(".h").filter(|_| *folder == of_compiler || text()) else { continue };
                let is_name = name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
                assert!(!is_name || is_taken(name), "{}", path.display());
            }
        }
    }
}
