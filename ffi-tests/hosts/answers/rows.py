"""What the hosts in Python have in common that call the fake library."""


def lines_of(path):
    """The lines of a file."""
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def unhex(digits):
    return b"" if digits == "-" else bytes.fromhex(digits)


def resident():
    """How many bytes of memory the process has."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


def complain(verdict, read, digits, comes, what, own, error):
    """Says that an answer did not become what it should."""
    print(f"{read}: {what}: not {verdict} {comes[:80]}: {own and own[:80]}: {error!r:.300}: {digits[:80]}")
