"""Where guards may stand: every free place, and a planted violation of each rule."""

from __future__ import annotations

import pytest

from weave.cpp import lexer
from weave.cpp.blocks import Blocks
from weave.lint import every_rule, places
from weave.story import Chapter, Part, Stage, Story
from weave.trees import guards

STAGES = ("ALPHA", "BETA", "GAMMA")
STORY = Story(
    root=None,
    parts=(Part(1, "One"),),
    chapters=(Chapter(1, 1, "first", "First"),),
    coming=(),
    stages=tuple(Stage(name, n, "first") for n, name in enumerate(STAGES, 1)),
)


def found(text: str) -> list[str]:
    read, refusals = guards.read(text, "f.cpp", STORY)
    assert not refusals
    return [str(error) for error in places.check("f.cpp", text, read, STORY)]


def guarded(*lines: str, stage: str = "BETA") -> str:
    return "\n".join([f"#if STAGE >= {stage}", *lines, "#endif"]) + "\n"


def twice(*lines: str) -> str:
    return guarded(*lines) + guarded(*lines, stage="GAMMA")


DISPATCH = """Error Raft::step(Message& m) {{
  switch (m.type) {{
    case MessageType::MsgHup:
    case MessageType::MsgBeat:
      return hup();
    case MessageType::MsgVote:
      handleVote(std::move(m), trk_.find(m.from));
      return {{}};
    case MessageType::MsgProp:
      {row}
{guards}    default:
      return Errc::Unknown;
  }}
}}
"""


@pytest.mark.parametrize(
    "text",
    [
        twice("#include <memory>")
        + "namespace a {\n"
        + twice("using b::c;")
        + twice("struct S {", "  int a = 0;", "};")
        + twice("void f() {", "  if (a) b();", "}")
        + "}\n",
        "struct S {\n  int a;\n"
        + twice("", "  /// Says it.", "  int b = 0;")
        + " private:\n"
        + twice("  void f() { g(); }")
        + "};\n",
        "enum class E : int {\n  A,\n" + twice("  B,  // more") + "};\n",
        'constexpr std::array<Row, 2> kRows = {\n  {"a", 1},\n'
        + twice('  Row{"b", f(2)},')
        + "};\n",
        "Message f() {\n  return {.a = 1,\n"
        + guarded("  .b = 2,")
        + twice("  .c = 3,")
        + "  };\n}\n",
        "void f() {\n  static const Map kMap = {\n"
        + twice('    {"a", [](int a) { g(a); }},')
        + "  };\n}\n",
        DISPATCH.format(
            row="break;", guards=twice("    case MessageType::MsgApp:", "      break;")
        ),
        DISPATCH.format(
            row="return follower_.forward(m);",
            guards=twice("    case MessageType::MsgApp:", "      handleAppend(m);", "      break;"),
        ),
        DISPATCH.format(
            row="error = f(m);\n      break;",
            guards=guarded(
                "    case MessageType::MsgApp:",
                "      return f(m);",
                "#else",
                "    case MessageType::MsgApp:",
                "      return Errc::ProposalDropped;",
            ),
        ),
        "void f() {\n  a();\n" + guarded("  if (b) {", "    c();", "  }") + "}\n",
        "void f() {\n  a();\n" + guarded("  b();", "#else", "  c();") + "}\n",
        "void f() {\n" + guarded("  a();") + "}\nvoid g() {\n" + guarded("  a();") + "}\n",
    ],
    ids=lambda value: "",
)
def test_a_guard_may_stand(text):
    assert found(text) == []


LONELY = "the body of {} has 2 guards, with line {}; at most 1 — let a list grow"


@pytest.mark.parametrize(
    "text, told",
    [
        ("void a::S::f() {\n" + twice("  b();") + "}\n", "f.cpp:5: " + LONELY.format("a::S::f", 2)),
        (
            "namespace a {\nstruct S {\n  void f(int a) const {\n"
            + guarded("    b();")
            + "    if (a) {\n"
            + guarded("      c();")
            + "    }\n  }\n};\n}\n",
            LONELY.format("a::S::f", 4),
        ),
        (
            "S::S()\n    : a_(1),\n" + twice("      b_(2),") + "      c_{3} {}\n",
            LONELY.format("S::S", 3),
        ),
        (
            "S::S()\n    : a_(1),\n"
            + guarded("      b_(2),")
            + "      c_{3} {\n"
            + guarded("  d();")
            + "}\n",
            LONELY.format("S::S", 3),
        ),
        ("void f(int a,\n" + twice("       int b,") + "       int c) {}\n", LONELY.format("f", 2)),
        ("const Table kTable = {[](int a) {\n" + twice("  b();") + "}};\n", "has 2 guards"),
        (
            "TEST(Suite, Name) {\n" + twice("  EXPECT_TRUE(a);") + "}\n",
            LONELY.format("Suite.Name", 2),
        ),
        ("void f() {\n  g(a,\n" + twice("    b,") + "    c);\n}\n", LONELY.format("f", 3)),
        ("void f() {\n  g({a\n" + twice("    , b") + "  });\n}\n", LONELY.format("f", 3)),
        (
            DISPATCH.format(
                row="++count_;\n      break;",
                guards=twice("    case MessageType::MsgApp:", "      break;"),
            ),
            LONELY.format("Raft::step", 12),
        ),
        (
            DISPATCH.format(
                row="break;",
                guards=guarded(
                    "    case MessageType::MsgSnap:", "      a();", "      b();", "      break;"
                )
                + guarded("    case MessageType::MsgApp:", "      return c();"),
            ),
            LONELY.format("Raft::step", 11),
        ),
        (
            DISPATCH.format(
                row="if (a) f();\n      break;",
                guards=twice("    case MessageType::MsgApp:", "      break;"),
            ),
            LONELY.format("Raft::step", 12),
        ),
        (
            "void f() {\n"
            + guarded("  if (a) {", "    b();", "#else", "  {")
            + "    c();\n  }\n}\n",
            "f.cpp:2: the guard BETA cuts a declaration or a block in two — guard the whole",
        ),
        ("struct S : A,\n" + guarded("  B,") + "  C {\n};\n", "cuts a declaration"),
        ("void f(int a,\n" + guarded("       int b,") + "       int c);\n", "cuts a declaration"),
        ("int a =\n" + guarded("  1 +") + "  2;\n", "cuts a declaration"),
        ("constexpr int kRows[] = {1\n" + guarded("  , 2") + "};\n", "cuts a declaration"),
        (guarded("int a;", "#else", ""), "f.cpp:3: the #else replaces nothing — remove it"),
        (guarded("int a;", "#else", "  int a;"), "f.cpp:1: the guard BETA changes nothing — "),
        (guarded(""), "f.cpp:1: the guard BETA changes nothing — remove it"),
    ],
    ids=lambda value: "",
)
def test_a_guard_may_not_stand(text, told):
    [error] = found(text)
    assert told in error


def test_a_list_has_to_be_one_at_every_stage():
    """A switch that is a dispatch only before, or only behind a guard is none."""
    row = "++count_;\n#endif\n      break;"
    text = DISPATCH.format(
        row="#if STAGE >= GAMMA\n      " + row,
        guards=guarded("    case MessageType::MsgApp:", "      break;"),
    )
    assert LONELY.format("Raft::step", 10) in found(text)[0]


def with_stages(tree, *names: str) -> None:
    tree.edit("chapters/story.toml", 'born = ["code/base/fast.hpp"]', "born = []")
    (tree.root / "code/base/fast.hpp").unlink()
    tree.write(
        "chapters/story.toml",
        tree.read("chapters/story.toml")
        + "".join(f'\n[[part.chapter.stage]]\nname = "{n}"\n' for n in names),
    )
    tree.write("chapters/second.rst", "Second\n======\n")


def variants(tree) -> list[str]:
    return [str(e) for e in every_rule.check(tree.history()) if "variants" in str(e)]


def test_texts_of_a_function_are_counted(tree):
    names = ["GAMMA", "DELTA", "EPSILON"]
    with_stages(tree, *names)
    tree.edit(
        "code/base/counter.hpp",
        "  b += 1;\n",
        "".join(f"#if STAGE >= {n}\n  b += {k};\n#endif\n" for k, n in enumerate(names)),
    )
    assert variants(tree) == [
        "code/base/counter.hpp:67: base::fill has 4 variants; at most 3 — let what differs be a "
        "function of its own"
    ]


def test_rows_make_no_other_text(tree):
    names = ["GAMMA", "DELTA", "EPSILON"]
    with_stages(tree, *names)
    tree.edit(
        "code/base/counter.hpp",
        "  b += 1;\n",
        "  switch (a) {\n"
        + "".join(
            f"#if STAGE >= {n}\n    case {k}:\n      return fill({k});\n#endif\n"
            for k, n in enumerate(names)
        )
        + "    default:\n      break;\n  }\n",
    )
    assert [str(e) for e in every_rule.check(tree.history())] == []


def test_what_braces_hold():
    text = """namespace a::b {
extern "C" {
template <class T, class U = std::map<int, T>>
struct [[nodiscard]] S final : T {
  int a_{0};
  std::function<void()> f_ = [] { g(); };
  explicit operator bool() const { return a_ != 0; }
  bool operator()(int a) { return a > 0; }
  S() : a_{1}, b_() { do { h({1, 2}); } while (a); }
  auto k() const -> int { return a_; }
};
}
enum class E : int { A };
template <class T>
std::optional<T> S<std::vector<T>>::pop() { if (a) { return {}; } else { return T{}; } }
TEST(Suite, Name) { switch (a) { case 1: { break; } default: break; } }
}
"""
    blocks = Blocks(enumerate(lexer.neutral(text).split("\n"), 1))
    kinds = [(b.kind, b.qualified) for b in blocks.blocks if b.kind != "parens"]
    assert kinds == [
        ("file", ""),
        ("namespace", "a::b"),
        ("namespace", "a::b"),
        ("class", "a::b::S"),
        ("list", "a::b::S"),
        ("lambda", "a::b::S"),
        ("function", "a::b::S::operator bool"),
        ("function", "a::b::S::operator()"),
        ("list", "a::b::S"),
        ("function", "a::b::S::S"),
        ("control", "a::b::S::S"),
        ("list", "a::b::S::S"),
        ("function", "a::b::S::k"),
        ("enum", "a::b::E"),
        ("function", "a::b::S::pop"),
        ("control", "a::b::S::pop"),
        ("list", "a::b::S::pop"),
        ("control", "a::b::S::pop"),
        ("list", "a::b::S::pop"),
        ("function", "a::b::Suite.Name"),
        ("switch", "a::b::Suite.Name"),
        ("control", "a::b::Suite.Name"),
    ]
    assert all(b.close > b.open for b in blocks.blocks[1:])
