"""Two types of one name: each function takes its own."""

import inspect
import unittest

import ffi_host
from tests import path


class Twins(unittest.TestCase):
    def setUp(self):
        self.twins = ffi_host.load(path("twins"))

    def test_the_right_one_is_taken(self):
        server, database = {"port": 5, "behind": {"url": "a"}}, {"url": "b"}
        self.assertEqual(self.twins.open(server, database), {"servers": [server], "database": database})
        for wrong in [(database, server), (server, server), (database, database)]:
            with self.assertRaisesRegex((TypeError, ValueError), r"twins_open: (server|database)\."):
                self.twins.open(*wrong)

    def test_variants(self):
        self.assertEqual([self.twins.level("Low"), self.twins.level("High")], ["None", "Some"])
        with self.assertRaisesRegex((TypeError, ValueError), "twins_level: level"):
            self.twins.level("None")

    def test_they_are_shown_by_their_paths(self):
        shown = "(server: twins::http::Config, database: twins::db::Config) -> Both"
        self.assertEqual(str(inspect.signature(self.twins.open)), shown)
        self.assertIn("twins::db::Config, a dict:\n    url: str", self.twins.open.__doc__)
