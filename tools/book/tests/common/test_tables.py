"""Tables: how they are aligned."""

from book.common import tables


def test_columns_are_as_wide_as_their_widest_cell():
    assert tables.aligned([("name", "n"), ("a", "10")], left=(0,)) == ["name   n", "a     10"]


def test_right_columns_of_a_terminals_table():
    table = tables.for_terminal(("name", "n"), right=(1,))
    assert [column.justify for column in table.columns] == ["left", "right"]
