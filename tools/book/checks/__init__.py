"""What `./book test` runs. A check is a function that returns how many things passed and failed,
and a log; `registry` lists them, `engine` runs them in two slots, `display` shows how far they are,
`outcome` is the vocabulary."""
