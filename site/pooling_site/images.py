"""The notebooks' uncompressed images as small files: on a page a photo is a lossless WebP, not a long data address."""

import base64
import hashlib
import io
import re
from pathlib import Path

from PIL import Image

FOLDER = "_images"
DATA_ADDRESS = re.compile(r'src="data:image/bmp;base64,([^"]+)"')


def setup(app):
    app.connect("html-page-context", write_images)


def write_images(app, pagename, templatename, context, doctree):
    def as_file(match):
        bitmap = base64.b64decode(match[1])
        name = f"{hashlib.sha256(bitmap).hexdigest()[:16]}.webp"
        target = Path(app.outdir, FOLDER, name)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            Image.open(io.BytesIO(bitmap)).save(target, lossless=True)
        return f'src="{context["pathto"](f"{FOLDER}/{name}", 1)}"'

    context["body"] = DATA_ADDRESS.sub(as_file, context.get("body", ""))
