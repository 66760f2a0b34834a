"""Traces, their transcripts and pictures; run with pytest from the root or from here."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

EXT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(EXT), str(EXT.parents[1])]

from book.scenes import drawing  # noqa: E402
from bookext import dot, pictures, roommap, theme  # noqa: E402

[LEGEND, ROOMS] = drawing.draw(
    [
        {"what": "legend"},
        {
            "what": "rooms",
            "states": pictures.STATES,
            "ident": drawing.IDENT,
            "description": drawing.DESCRIPTION,
        },
    ]
)
GALLERY = pictures.Gallery({"legend": LEGEND, "rooms": ROOMS, "scenes": {}})
LANES = [{"id": "a", "label": "proposer"}, {"id": "b", "label": "loop"}]


def run(*events, lanes=LANES, channels=()):
    numbered = [{"seq": i, **event} for i, event in enumerate(events, 1)]
    return drawing.scene(
        "t",
        json.dumps(
            {"title": "A test", "lanes": lanes, "channels": list(channels), "events": numbered}
        ),
    )


def layouts(scene):
    return ET.fromstring(scene.wide), ET.fromstring(scene.narrow)


MEETING = run(
    {"kind": "park", "lane": "b", "channels": ["propc", "done"]},
    {"kind": "call", "lane": "a", "text": "propose(x)"},
    {"kind": "handoff", "lane": "a", "to": "b", "channel": "propc", "text": "x"},
    {"kind": "wake", "lane": "b"},
    {"kind": "buffer", "lane": "b", "channel": "result", "text": "nil"},
    {"kind": "take", "lane": "a", "channel": "result", "text": "nil"},
    {"kind": "return", "lane": "a", "text": "nil"},
    {"kind": "note", "text": "and so on"},
    {"kind": "drop", "lane": "a", "to": "b", "text": "tick"},
    {"kind": "park", "lane": "a", "channel": "done"},
    {"kind": "close", "lane": "b", "channel": "done"},
    channels=[{"name": "propc", "capacity": 0}, {"name": "result", "capacity": 1}],
)
NODES = run(
    {"kind": "log", "lane": "n1", "log": [1, 1, 2], "commit": 2},
    {"kind": "send", "lane": "n1", "to": "n2", "text": "MsgApp", "id": "m"},
    {"kind": "arrive", "lane": "n2", "id": "m"},
    {"kind": "crash", "lane": "n1"},
    {"kind": "state", "lane": "n2", "state": "candidate", "term": 3},
    {"kind": "restart", "lane": "n1"},
    lanes=[
        {"id": "n1", "kind": "node", "state": "leader"},
        {"id": "n2", "kind": "node", "state": "follower"},
    ],
)


def test_transcript_says_every_event_in_order():
    assert MEETING.transcript.splitlines() == [
        "A test",
        "lanes: proposer, loop",
        "channels: propc (no buffer), result (buffer of 1)",
        " 1  loop waits on propc, done",
        " 2  proposer calls propose(x)",
        " 3  proposer hands x to loop on propc",
        " 4  loop wakes",
        " 5  loop puts nil into the buffer of result",
        " 6  proposer takes nil from the buffer of result",
        " 7  proposer returns nil",
        " 8  and so on",
        " 9  proposer loses tick, sent to loop",
        "10  proposer waits on done",
        "11  loop closes done",
    ]


@pytest.mark.parametrize("picture", [MEETING, NODES])
@pytest.mark.parametrize("number, width", [(0, 720), (1, 350)])
def test_picture_is_well_formed_and_stays_inside(picture, number, width):
    root = layouts(picture)[number]
    assert float(root.get("viewBox").split()[2]) <= width
    names = {node.get("id") for node in root.iter() if node.get("id")}
    assert (
        set(root.get("aria-labelledby").split()) | set(root.get("aria-describedby").split())
        <= names
    )
    rows = [node for node in root.iter() if node.get("class", "").startswith("ev ")]
    assert [row.get("aria-label").split(":")[0] for row in rows] == [
        str(told["seq"]) for told in picture.sentences
    ]
    assert all(row.get("tabindex") == "0" for row in rows)
    for node in root.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(node.get("x")) <= width


CLUSTER = [{"id": str(i), "label": f"n{i}", "kind": "node", "state": "follower"} for i in (1, 2, 3)]


def rows_of(picture):
    return [node for node in layouts(picture)[0].iter() if node.get("class", "").startswith("ev ")]


def seqs(rows):
    return [
        text.text
        for row in rows
        for text in row.iter("{http://www.w3.org/2000/svg}text")
        if text.get("class") == "seq"
    ]


def test_what_one_ready_sends_leaves_at_one_moment():
    picture = run(
        {"kind": "send", "lane": "1", "to": "2", "text": "MsgVote", "id": "a"},
        {"kind": "send", "lane": "1", "to": "3", "text": "MsgVote", "id": "b"},
        {"kind": "send", "lane": "2", "to": "3", "text": "MsgVote", "id": "c"},
        {"kind": "arrive", "lane": "3", "id": "b"},
        {"kind": "drop", "lane": "1", "to": "2", "id": "a"},
        lanes=CLUSTER,
    )
    rows = rows_of(picture)
    assert seqs(rows) == ["1", "3", "4", "5"]  # 2 shares the row of 1
    assert rows[-1].get("class") == "ev ev-under-way"  # c has not arrived when the picture ends
    assert picture.wide.count('class="cross"') == 1


def test_logs_shown_together_share_a_row_and_stay_in_their_halves():
    logs = [
        {"kind": "log", "lane": str(i), "log": [1, 2, 3, 3, 3, 3, 3, 3], "first": 11, "commit": 13}
        for i in (1, 2, 3)
    ]
    for svg in layouts(run(*logs, lanes=CLUSTER)):
        boxes = [
            (float(r.get("x")), float(r.get("width")))
            for r in svg.iter("{http://www.w3.org/2000/svg}rect")
            if r.get("class", "").startswith("entry")
        ]
        assert len(boxes) == 24 and all(a[0] + a[1] <= b[0] + 0.2 for a, b in zip(boxes, boxes[1:]))
        assert boxes[0][0] >= 0 and boxes[-1][0] + boxes[-1][1] <= float(svg.get("width"))
    assert seqs(rows_of(run(*logs, lanes=CLUSTER))) == ["1"]


def test_words_on_an_arrow_stay_inside_where_columns_are_narrow():
    lanes = [
        {"id": str(i), "label": f"n{i}", "kind": "node", "state": "follower"} for i in range(1, 6)
    ]
    picture = run(
        {"kind": "state", "lane": "1", "state": "candidate", "term": 4},
        {"kind": "send", "lane": "5", "to": "4", "text": "MsgApp 1/12 commit 12", "id": "a"},
        {"kind": "arrive", "lane": "4", "id": "a"},
        {"kind": "send", "lane": "1", "to": "2", "text": "MsgApp 1/12 commit 12", "id": "b"},
        {"kind": "arrive", "lane": "2", "id": "b"},
        lanes=lanes,
    )
    drawn = layouts(picture)[1]
    texts = [
        t for t in drawn.iter("{http://www.w3.org/2000/svg}text") if "MsgApp" in (t.text or "")
    ]
    length = len(texts[0].text) * 12.5 * 0.5
    assert (
        float(texts[0].get("x")) + length <= float(drawn.get("width"))
        and float(texts[1].get("x")) - length >= 0
    )
    assert any(t.text == "term 4" for t in drawn.iter("{http://www.w3.org/2000/svg}text"))


def test_words_on_an_arrow_stand_below_its_tip():
    for to, sender in (("n2", "n1"), ("n1", "n2")):
        picture = run(
            {"kind": "send", "lane": sender, "to": to, "text": "MsgApp", "id": "m"},
            {"kind": "arrive", "lane": to, "id": "m"},
            lanes=[{"id": "n1", "kind": "node"}, {"id": "n2", "kind": "node"}],
        ).wide
        tip = float(re.search(r'd="M[\d. ]+L[\d.]+ ([\d.]+)" class="arrow"', picture)[1])
        words = next(
            t
            for t in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
            if t.text == "MsgApp"
        )
        assert float(words.get("y")) - 0.75 * 14 > tip


def test_same_trace_same_picture():
    assert run({"kind": "wake", "lane": "a"}) == run({"kind": "wake", "lane": "a"})


def test_blocked_stretch_ends_at_the_wake_and_is_torn_when_it_never_ends():
    picture = MEETING.wide
    assert picture.count('class="bar"') == 2
    assert picture.count('class="torn"') == 1


def test_a_full_buffer_of_the_same_name_is_another_channel():
    picture = run(
        {"kind": "buffer", "lane": "b", "channel": "result", "text": "late"},
        {"kind": "buffer", "lane": "b", "channel": "result"},
        {"kind": "take", "lane": "a", "channel": "result"},
        channels=[{"name": "result", "capacity": 1}],
    )
    assert picture.wide.count('class="track"') == 2 and picture.wide.count("v14") == 1


@pytest.mark.parametrize(
    "change, words",
    [
        ({"lanes": []}, "has no lanes"),
        ({"title": ""}, "has no title"),
        ({"events": [{"seq": 1, "kind": "jump", "lane": "a"}]}, "is of kind 'jump'"),
        ({"events": [{"seq": 1, "kind": "call", "lane": "c"}]}, "names the lane 'c'"),
        ({"events": [{"seq": 1, "kind": "handoff", "lane": "a"}]}, "has no to"),
        (
            {
                "events": [
                    {"seq": 2, "kind": "wake", "lane": "a"},
                    {"seq": 1, "kind": "wake", "lane": "a"},
                ]
            },
            "comes after event 2",
        ),
        ({"lanes": [{"id": "a"}, {"id": "a"}]}, "two lanes have the same id"),
        ({"events": [{"kind": "wake", "lane": "a"}]}, "has no seq"),
    ],
)
def test_bad_traces_are_refused_in_one_line(change, words):
    data = {
        "title": "t",
        "lanes": LANES,
        "events": [{"seq": 1, "kind": "wake", "lane": "a"}],
        **change,
    }
    with pytest.raises(drawing.PictureError) as refused:
        drawing.scene("scene.json", json.dumps(data))
    message = str(refused.value)
    assert (
        words in message
        and message.startswith("scene.json: ")
        and " — " in message
        and "\n" not in message
    )


def test_what_is_no_json_is_one_line():
    with pytest.raises(
        drawing.PictureError,
        match="t: is not JSON .* — the scene program must print the trace only",
    ):
        drawing.scene("t", "{")


def test_without_node_there_is_one_line(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(
        drawing.PictureError, match="node: the program is not installed.* — apt-get install nodejs"
    ):
        drawing.draw([])


def test_a_bad_trace_spoils_no_other():
    told = drawing.scenes(
        {
            "good": json.dumps(
                {"title": "t", "lanes": LANES, "events": [{"seq": 1, "kind": "wake", "lane": "a"}]}
            ),
            "bad": "[]",
        }
    )
    assert told["good"].transcript == "t\nlanes: proposer, loop\n1  proposer wakes\n"
    assert "bad: is not an object" in str(told["bad"])


def test_a_page_puts_its_own_name_and_words_into_a_picture():
    view = MEETING.view("scene-9", 'what <it> "shows"')
    assert (
        'id="scene-9w-t"' in view
        and 'id="scene-9n-t"' in view
        and view.count("what &lt;it&gt; &quot;shows&quot;</desc>") == 2
    )
    narrow, style = MEETING.small("scene-9", "d")
    assert "@keyframes scene-9-1{" in style and "st-narrow" in narrow
    assert not re.search("[\ue000-\uf8ff]", view + narrow + style)
    assert (
        "prefers-color-scheme" in MEETING.standalone()
        and ET.fromstring(MEETING.standalone()) is not None
    )


def test_a_gallery_is_drawn_once_and_anew_when_a_trace_changes(tmp_path, monkeypatch):
    asked = []
    draw = drawing.draw
    monkeypatch.setattr(
        drawing, "draw", lambda questions: asked.append(len(questions)) or draw(questions)
    )
    scenes = tmp_path / "build" / "scenes"
    scenes.mkdir(parents=True)
    for words, drawn in (("x", 1), ("x", 1), ("y", 2)):
        (scenes / "one.json").write_text(
            json.dumps(
                {
                    "title": words,
                    "lanes": LANES,
                    "events": [{"seq": 1, "kind": "wake", "lane": "a"}],
                }
            )
        )
        pictures.gallery.cache_clear()
        assert pictures.gallery(str(tmp_path)).scene("one").title == words and asked == [3] * drawn
    with pytest.raises(
        drawing.PictureError, match="other.json: cannot be read — build the scenes first"
    ):
        pictures.gallery(str(tmp_path)).scene("other")
    assert len(list((tmp_path / "build" / "pictures").iterdir())) == 1


def contrast(a, b):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    hi, lo = sorted((light(a), light(b)), reverse=True)
    return (hi + 0.05) / (lo + 0.05)


@pytest.mark.parametrize(
    "page, picture",
    [(theme.PAGE_LIGHT, theme.PICTURE_LIGHT), (theme.PAGE_DARK, theme.PICTURE_DARK)],
)
def test_contrast(page, picture):
    assert page["paper"] == picture["p-bg"]
    for name in ("p-ink", "p-muted", "p-accent"):
        assert contrast(picture[name], picture["p-bg"]) >= 4.5, name
    for ground in ("p-note", "p-head", "t0", "t1", "t2", "t3", "t4", "t5"):
        assert contrast(picture["p-ink"], picture[ground]) >= 4.5, ground
    for mark in ("s-leader", "s-candidate", "s-follower", "s-learner", "s-down", "p-edge"):
        assert contrast(picture[mark], picture["p-bg"]) >= 3, mark
    for ink in ("ink", "muted", "accent", "add", "del"):
        for ground in ("paper", "sheet", "code-bg", "accent-tint"):
            assert contrast(page[ink], page[ground]) >= 4.5, (ink, ground)
    assert (
        contrast(page["add"], page["add-bg"]) >= 4.5
        and contrast(page["del"], page["del-bg"]) >= 4.5
    )


def test_room_map_lights_what_is_asked():
    picture = roommap.svg(GALLERY, {"csp"}, {"base", "csp"}, "m")
    for svg in re.findall(r"<svg.*?</svg>", picture, flags=re.S):
        root = ET.fromstring(svg)
        assert (
            root.get("role") == "img"
            and "Lit in this chapter: csp." in svg
            and "Not built yet: raftpb, raft, rafttest, node." in svg
        )
        assert svg.count("floor lit") == 1


def test_legend_explains_every_state():
    words = GALLERY.legend()
    for name in (
        "Hand-off",
        "Waiting",
        "Message",
        "Leader",
        "Candidate",
        "Follower",
        "Learner",
        "Down",
        "Log",
    ):
        assert f"<span>{name}</span>" in words


def test_dot_refuses_in_one_line(tmp_path):
    with pytest.raises(dot.DotError, match="there is no such file"):
        dot.svg(tmp_path / "none.dot", "alt", "p")
    bad = tmp_path / "bad.dot"
    bad.write_text("digraph {")
    with pytest.raises(dot.DotError) as refused:
        dot.svg(bad, "alt", "p")
    assert "\n" not in str(refused.value)
    good = tmp_path / "good.dot"
    good.write_text('digraph { a -> b [label="x"]; }')
    long = tmp_path / "long.dot"
    long.write_text("digraph { rankdir=LR; " + " -> ".join(f"station{n}" for n in range(9)) + " }")
    assert dot.svg(long, "a line", "p").count("<svg") == 2
    assert 'role="img"' in dot.svg(good, "two & more", "p") and "two &amp; more" in dot.svg(
        good, "two & more", "p"
    )


def test_picture_of_the_readme_is_this_run():
    root = EXT.parents[2]
    run_of_put = root / "build" / "scenes" / "put.json"
    if not run_of_put.exists():
        pytest.skip("build/scenes/put.json is not built; ./book read --no-serve makes it")
    made = drawing.scene("put", run_of_put.read_text(encoding="utf-8")).standalone()
    committed = (root / "tools" / "site" / "readme-put.svg").read_text(encoding="utf-8")
    assert made == committed, (
        "tools/site/readme-put.svg is stale — write it again: "
        "./book scene put --svg tools/site/readme-put.svg"
    )
