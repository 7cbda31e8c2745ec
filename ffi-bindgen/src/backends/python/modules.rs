//! The names that Python has for itself, where a package stands beside them.
//!
//! - `import queue` finds Python's own module, wherever another is installed; and where a folder of that name comes
//!   first, it hides that module from the program and from Python's own modules.
//! - `import zip` hides a function of Python's from the file that says so.
//! - The packages that make, install and load the project are found by their names, too.

/// Python's keywords, of every version from 3.9 on.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Whether a name cannot be used anywhere.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Whether a package must not have the library's name. Some file systems take no notice of case. Names that begin with
/// an underscore are those of Python's private modules.
pub(super) fn is_taken(library: &str) -> bool {
    let name = &*library.to_lowercase();
    let lists = [MODULES, BUILTINS, BESIDE];
    name.starts_with('_') || is_keyword(library) || is_keyword(name) || lists.iter().any(|names| names.contains(&name))
}

/// The modules of the standard library, of every version from 3.9 on.
#[rustfmt::skip]
const MODULES: &[&str] = &[
    "abc", "aifc", "annotationlib", "antigravity", "argparse", "array", "ast", "asynchat", "asyncio", "asyncore",
    "atexit", "audioop", "base64", "bdb", "binascii", "binhex", "bisect", "builtins", "bz2", "calendar", "cgi",
    "cgitb", "chunk", "cmath", "cmd", "code", "codecs", "codeop", "collections", "colorsys", "compileall",
    "compression", "concurrent", "configparser", "contextlib", "contextvars", "copy", "copyreg", "cprofile", "crypt",
    "csv", "ctypes", "curses", "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis", "distutils", "doctest",
    "email", "encodings", "ensurepip", "enum", "errno", "faulthandler", "fcntl", "filecmp", "fileinput", "fnmatch",
    "formatter", "fractions", "ftplib", "functools", "gc", "genericpath", "getopt", "getpass", "gettext", "glob",
    "graphlib", "grp", "gzip", "hashlib", "heapq", "hmac", "html", "http", "idlelib", "imaplib", "imghdr", "imp",
    "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword", "lib2to3", "linecache", "locale",
    "logging", "lzma", "mailbox", "mailcap", "marshal", "math", "mimetypes", "mmap", "modulefinder", "msilib",
    "msvcrt", "multiprocessing", "netrc", "nis", "nntplib", "nt", "ntpath", "nturl2path", "numbers", "opcode",
    "operator", "optparse", "os", "ossaudiodev", "parser", "pathlib", "pdb", "pickle", "pickletools", "pipes",
    "pkgutil", "platform", "plistlib", "poplib", "posix", "posixpath", "pprint", "profile", "profiling", "pstats",
    "pty", "pwd", "py_compile", "pyclbr", "pydoc", "pydoc_data", "pyexpat", "queue", "quopri", "random", "re",
    "readline", "reprlib", "resource", "rlcompleter", "runpy", "sched", "secrets", "select", "selectors", "shelve",
    "shlex", "shutil", "signal", "site", "smtpd", "smtplib", "sndhdr", "socket", "socketserver", "spwd", "sqlite3",
    "sre_compile", "sre_constants", "sre_parse", "ssl", "stat", "statistics", "string", "stringprep", "struct",
    "subprocess", "sunau", "symbol", "symtable", "sys", "sysconfig", "syslog", "tabnanny", "tarfile", "telnetlib",
    "tempfile", "termios", "test", "textwrap", "this", "threading", "time", "timeit", "tkinter", "token", "tokenize",
    "tomllib", "trace", "traceback", "tracemalloc", "tty", "turtle", "turtledemo", "types", "typing", "unicodedata",
    "unittest", "urllib", "uu", "uuid", "venv", "warnings", "wave", "weakref", "webbrowser", "winreg", "winsound",
    "wsgiref", "xdrlib", "xml", "xmlrpc", "xxlimited", "xxlimited_35", "xxsubtype", "zipapp", "zipfile", "zipimport",
    "zlib", "zoneinfo",
];

/// The names that need no import.
#[rustfmt::skip]
const BUILTINS: &[&str] = &[
    "abs", "aiter", "all", "anext", "any", "arithmeticerror", "ascii", "assertionerror", "attributeerror",
    "baseexception", "baseexceptiongroup", "bin", "blockingioerror", "bool", "breakpoint", "brokenpipeerror",
    "buffererror", "bytearray", "bytes", "byteswarning", "callable", "childprocesserror", "chr", "classmethod",
    "compile", "complex", "connectionabortederror", "connectionerror", "connectionrefusederror",
    "connectionreseterror", "copyright", "credits", "delattr", "deprecationwarning", "dict", "dir", "divmod",
    "ellipsis", "encodingwarning", "enumerate", "environmenterror", "eoferror", "eval", "exception", "exceptiongroup",
    "exec", "exit", "fileexistserror", "filenotfounderror", "filter", "float", "floatingpointerror", "format",
    "frozenset", "futurewarning", "generatorexit", "getattr", "globals", "hasattr", "hash", "help", "hex", "id",
    "importerror", "importwarning", "indentationerror", "indexerror", "input", "int", "interruptederror", "ioerror",
    "isadirectoryerror", "isinstance", "issubclass", "iter", "keyboardinterrupt", "keyerror", "len", "license",
    "list", "locals", "lookuperror", "map", "max", "memoryerror", "memoryview", "min", "modulenotfounderror",
    "nameerror", "next", "notadirectoryerror", "notimplemented", "notimplementederror", "object", "oct", "open",
    "ord", "oserror", "overflowerror", "pendingdeprecationwarning", "permissionerror", "pow", "print",
    "processlookuperror", "property", "pythonfinalizationerror", "quit", "range", "recursionerror", "referenceerror",
    "repr", "resourcewarning", "reversed", "round", "runtimeerror", "runtimewarning", "set", "setattr", "slice",
    "sorted", "staticmethod", "stopasynciteration", "stopiteration", "str", "sum", "super", "syntaxerror",
    "syntaxwarning", "systemerror", "systemexit", "taberror", "timeouterror", "tuple", "type", "typeerror",
    "unboundlocalerror", "unicodedecodeerror", "unicodeencodeerror", "unicodeerror", "unicodetranslateerror",
    "unicodewarning", "userwarning", "valueerror", "vars", "warning", "zerodivisionerror", "zip",
];

/// What makes, installs, loads or tests the project; a script that would import itself; the project's own folders.
const BESIDE: &[&str] = &[
    "build",
    "cffi",
    "dist",
    "ffi_host",
    "gevent",
    "main",
    "native",
    "packaging",
    "pip",
    "pkg_resources",
    "pycparser",
    "setup",
    "setuptools",
    "typing_extensions",
    "wheel",
];

#[cfg(test)]
mod tests {
    use super::is_taken;
    use std::process::Command;

    /// Every module that comes with Python, and every name that needs no import.
    const LISTED: &str = "import builtins, os, pkgutil, sys, sysconfig\n\
        folder = sysconfig.get_paths()['stdlib']\n\
        folders = [folder, os.path.join(folder, 'lib-dynload')]\n\
        names = {*getattr(sys, 'stdlib_module_names', ()), *sys.builtin_module_names, *dir(builtins)}\n\
        print(*(names | {module.name for module in pkgutil.iter_modules(folders)}), sep='\\n')";

    #[test]
    fn ordinary_names_are_free() {
        for library in ["my_timer", "greeter", "queues", "timer", "shop", "échelle"] {
            assert!(!is_taken(library), "{library}");
        }
    }

    #[test]
    fn every_name_of_the_installed_pythons_is_taken() {
        let versions = ["", ".9", ".10", ".11", ".12", ".13", ".14"].map(|version| match version {
            "" => "python3".to_owned(),
            version => format!("python3{version}"),
        });
        let listed = |python: &String| Command::new(python).args(["-I", "-c", LISTED]).output().ok();
        let is_ci = std::env::var("CI").as_deref() == Ok("true");
        assert!(!is_ci || listed(&versions[0]).is_some(), "CI must have Python");
        for python in versions {
            let Some(output) = listed(&python) else { continue };
            let names = String::from_utf8_lossy(&output.stdout);
            // Files beside the modules have names that no library has.
            let is_name = |name: &&str| name.chars().all(|c| c == '_' || c.is_alphanumeric());
            for name in names.lines().filter(is_name) {
                assert!(is_taken(name), "{python}: {name}");
            }
        }
    }
}
