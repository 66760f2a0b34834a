"""The one legend: every mark of the book's pictures, drawn by the same functions, with its meaning."""

from bookext.shapes import badge, el, log_strip

ARROW = el("path", d="M34 9L44 14L34 19L36.5 14z", class_="head") + el("path", d="M6 14H36", class_="arrow")
HATCH = (el("defs", el("pattern", el("rect", width="6", height="6", class_="hatch-bg") + el("path", d="M0 0V6", class_="hatch"),
                       id="legend-hatch", width="6", height="6", patternUnits="userSpaceOnUse", patternTransform="rotate(45)")))

PARTS = (
    ("Threads and channels", (
        (ARROW, "Hand-off", "A value goes from one thread to another at one moment. Above the arrow the channel, below it the value."),
        (HATCH + el("rect", x=20, y=2, width=11, height=24, rx=2, class_="bar", fill="url(#legend-hatch)"), "Waiting",
         "The thread is blocked. The words beside the bar name the channels it waits on; a torn end says that it still waits when the picture ends."),
        (el("rect", x=6, y=6, width=16, height=16, rx=2, class_="slot") + el("rect", x=9.5, y=9.5, width=9, height=9, class_="value")
         + el("path", d="M25 14H45", class_="track"), "Buffer",
         "A value lies in a channel's buffer until somebody takes it."),
        (el("path", d="M17 11.5h16M17 16.5h16", class_="shut") + el("path", d="M34 14H48", class_="ray"), "Close",
         "A channel is closed. Dotted rays go to every thread in the picture that was waiting on it."),
        (el("path", d="M28 9L20 14L28 19z", class_="mark"), "Call", "A thread calls a function."),
        (el("path", d="M20 9L28 14L20 19z", class_="mark hollow"), "Return", "The function returns."),
        (el("path", d="M4 14H34", class_="arrow lost") + el("path", d="M29 9l10 10m0 -10l-10 10", class_="cross"), "Drop",
         "The value or message is lost."),
    )),
    ("Nodes and logs", (
        (badge("leader", 26, 14, 9), "Leader", "A hexagon."),
        (badge("candidate", 26, 14, 9), "Candidate", "A diamond; hollow while it only asks whether it could win (PreVote)."),
        (badge("follower", 26, 14, 9), "Follower", "A disc."),
        (badge("learner", 26, 14, 9), "Learner", "A hollow triangle: it receives, it does not vote."),
        (badge("down", 26, 14, 9), "Down", "A cross; the column breaks off until the restart."),
        (log_strip(1, 3, [1, 1, 2], 1, 2), "Log", "One box an entry, tinted by term, the term written in it. The line below reaches to the last committed entry."),
        (el("path", d="M42 17L47 25L38 23.5L40.5 20.5z", class_="head") + el("path", d="M6 4L41 20.5", class_="arrow"), "Message",
         "It leaves in one row and arrives in a later one. The words below its tip are its type and what it is about. Two numbers with a stroke between "
         "them, 1/11, are the term and the index of an entry, as etcd writes them; +2 says that two entries follow it, t2 that the message is of term 2."),
    )),
)


def html():
    """Two definition lists with drawn terms."""
    out = []
    for title, rows in PARTS:
        out.append(f'<p class="legend-title">{title}</p><dl class="legend">')
        for mark, name, meaning in rows:
            drawn = el("svg", mark, class_="legend-mark", viewBox="0 0 54 28", width="54", height="28", aria_hidden="true")
            out.append(f"<div><dt>{drawn}<span>{name}</span></dt><dd>{meaning}</dd></div>")
        out.append("</dl>")
    return "".join(out)
