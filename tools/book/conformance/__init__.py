"""Our core and etcd's, side by side: `scenarios` invents conversations from a seed, `peers` has
both sides ready, `players` has them play, `compare` finds the first word that differs and makes the
conversation short, `comparison` does all of it. `faults` makes things go wrong.
"""
