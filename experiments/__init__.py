"""Long experiments: each module is a script that writes one small result file; README.md lists them."""
