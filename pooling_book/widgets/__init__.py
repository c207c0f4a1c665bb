"""The pictures that can be played with: a folder for each kind of widget, `base` for what all share, `kit` for what front ends are made of."""
