"""What a machine can judge about code, pages and tools. `every_rule` asks all of them."""
