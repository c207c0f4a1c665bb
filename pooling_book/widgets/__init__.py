"""Pictures that can be played with: a folder for each kind of widget.

`base` and `photos` hold what all share, `kit` what front ends are made of.
"""
