"""The node and its rooms, with the chapter's rooms lit. A room that no chapter has built yet is
drawn in thin dashes.
"""

from bookext.pictures import ROOMS


def described(lit, there):
    """The map in words."""
    missing = [room for room in ROOMS if room not in there]
    named = ", ".join(room for room in ROOMS if room in lit)
    return (
        "The node: clients reach the loop through the doors propc, recvc, tickc, status "
        "and stop; the loop drives RawNode "
        "and meets the application at readyc and advancec. "
        "Below, the rooms base, csp, raftpb, raft, rafttest and node."
        + (f" Lit in this chapter: {named}." if named else "")
        + (f" Not built yet: {', '.join(missing)}." if missing else "")
    )


def svg(gallery, lit, there, ident):
    """`lit`: this chapter's rooms; `there`: those that exist by then."""
    there = there | lit
    states = {room: "lit" if room in lit else "" if room in there else "absent" for room in ROOMS}
    return gallery.rooms(states, ident, described(lit, there))
