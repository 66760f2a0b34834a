"""The pictures' programs and scenario files: built, run, their traces kept, told and drawn."""
