"""From the sources to the pages in build/site."""
