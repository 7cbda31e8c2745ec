"""What cannot be loaded, and why."""

import os
import tempfile
import unittest

import ffi_host
from tests import FOLDER, path


class Load(unittest.TestCase):
    def refused(self, library, text, **options):
        with self.assertRaises(ffi_host.LoadError) as caught:
            ffi_host.load(library, **options)
        self.assertIn(text, str(caught.exception))

    def test_a_file_that_is_not_there(self):
        self.refused("no/such/libevery.so", "cannot be read: [Errno 2]")

    def test_a_file_that_is_no_library(self):
        with tempfile.NamedTemporaryFile() as file:
            self.refused(file.name, "cannot be read: cannot mmap an empty file")
            file.write(b"\0every_ffi_abi_hash\0")
            file.flush()
            self.refused(file.name, "cannot be loaded: ")

    def test_a_folder(self):
        self.refused(FOLDER, "cannot be read")

    def test_a_library_without_a_schema(self):
        self.refused(path("without_schema"), "carries no schema: it was not made with #[ffi]")

    def test_a_newer_format(self):
        self.refused(path("newer"), "its schema has format 3, this package reads up to 2: use a newer one")

    def test_bytes_that_are_no_schema(self):
        self.refused(path("malformed"), "its schema is not one")

    def test_kinds_that_this_package_does_not_know(self):
        self.refused(path("strange_type"), "a type is a mist, which this package does not know")
        self.refused(path("strange_scalar"), "a type is strong, which this package does not know")
        self.refused(path("strange_shape"), "is a secret, which this package does not know")

    def test_several_libraries_in_one_file(self):
        self.refused(path("benched"), "holds several libraries, name one: benched, spinning")
        self.refused(path("benched"), "holds no library other; there are benched, spinning", name="other")
        for name in ("benched", "spinning"):
            library = ffi_host.load(path("benched"), name=name)
            with library.create.blocking() as context:
                self.assertEqual(context.give.blocking(7), 7)

    def test_a_path_without_a_slash(self):
        before = os.getcwd()
        os.chdir(FOLDER)
        try:
            self.assertEqual(ffi_host.load(path("echo").name).path, str(path("echo").resolve()))
        finally:
            os.chdir(before)

    def test_the_same_file_twice(self):
        first, second = ffi_host.load(path("echo")), ffi_host.load(str(path("echo")))
        self.assertEqual(first.upper("a") + second.upper("b"), "AB")
