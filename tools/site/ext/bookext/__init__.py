"""The book's own Sphinx extension, `bookext.build`: scenes, asides, folds, exercises, reference
pages, the front page.
"""
