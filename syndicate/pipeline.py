"""The road as one readable module: select, build, check, gate, publish."""
