"""Holes: the body goes, everything around it stays."""

import pytest

from book.exercises.holes import body, cut

FILE = """namespace a {

// Adds. The comment has a { brace.
int add(int x, int y) {
  const char* text = "}{";
  if (x) { return y; }
  return x + y;
}

class Box {
 public:
  explicit Box(int value) : value_{value}, other_(1) { check(); }
  int value() const { return value_; }

  // Long one.
  void grow(int by) {
    const char brace = '}';
    value_ += 1'000'000 + by;
  }

 private:
  int value_{0};
};

}  // namespace a
"""


def span(start: str) -> tuple[int, int]:
    lines = FILE.splitlines()
    first = next(n for n, text in enumerate(lines, 1) if start in text)
    last = (
        first
        if lines[first - 1].endswith("}")
        else next(n for n in range(first, len(lines) + 1) if lines[n - 1].strip() == "}")
    )
    return first, last


def test_a_function_keeps_its_comment_and_signature():
    first, last = span("int add(")
    made = cut(FILE, first - 1, last, "// Your turn.\nreturn 0;")
    assert (
        "// Adds. The comment has a { brace.\nint add(int x, int y) {\n"
        "  // Your turn.\n  return 0;\n}\n\nclass Box {"
    ) in made
    assert "x + y" not in made


def test_an_initialiser_in_braces_is_not_the_body():
    made = cut(FILE, *span("explicit Box"), "// Your turn.")
    assert (
        "  explicit Box(int value) : value_{value}, other_(1) {\n    // Your turn.\n  }\n" in made
    )


def test_a_one_line_body_opens_up_at_its_own_indent():
    made = cut(FILE, *span("int value() const"), "return 0;")
    assert "  int value() const {\n    return 0;\n  }\n" in made


def test_braces_in_characters_and_digit_separators_do_not_count():
    made = cut(FILE, *span("void grow"), "\n  static_cast<void>(by);\n")
    assert "  void grow(int by) {\n    static_cast<void>(by);\n  }\n\n private:" in made


def test_inner_indent_of_the_replacement_is_kept():
    made = cut(FILE, *span("int add("), "  if (x) {\n    return 1;\n  }\n  return 0;")
    assert "{\n  if (x) {\n    return 1;\n  }\n  return 0;\n}\n" in made


def test_a_declaration_has_no_body():
    with pytest.raises(ValueError, match="no body"):
        body("int add(int x, int y);")


def test_a_raw_string_hides_braces():
    text = 'auto f() {\n  return R"x(}}})x";\n}'
    begin, end = body(text)
    assert text[begin:end] == '\n  return R"x(}}})x";\n'
