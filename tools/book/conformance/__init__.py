"""Our core and etcd's, side by side: `scenarios` invents conversations from a seed, `players` has
both sides play them, `compare` finds the first word that differs, `shrink` makes the conversation
short, `run` does all of it."""
