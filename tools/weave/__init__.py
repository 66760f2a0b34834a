"""weave: one C++ source tree told in stages, and the book's pages derived from it.

story     chapters/story.toml: parts, chapters, stages, and which files are alive when
guards    `#if STAGE >= NAME` … `#else` … `#endif`, read and judged
emit      the clean tree of a stage, by way of stock unifdef
equal     the guarded file at -DSTAGE=k and the clean file preprocess to the same text
symbols   where a function or type stands at a stage, by way of Doxygen's XML
excerpts  the part of a stage's difference that a page shows
coverage  every line that a chapter changes is shown on its page
lint      sizes, guards, rooms, names: what a machine can check about the code
outputs   the commands on the pages, run again and compared
"""
