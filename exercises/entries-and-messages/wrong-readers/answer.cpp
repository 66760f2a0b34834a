// Your turn.

}  // namespace
