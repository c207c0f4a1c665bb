"""Tests of the book's data: what each file holds, that it can be rebuilt, and that a damaged one is refused."""

import hashlib
import io
import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import packages
import pytest
import rebuild
import whole_data
from PIL import Image

from pooling_book.study import data

FOLDER = Path(__file__).parents[2] / "data"
LOADERS = {
    "camera.png": lambda: data.photo("camera"),
    "brick.png": lambda: data.texture("brick"),
    "digits.npz": data.digits,
    "mnist.npz": data.mnist,
    "clothes.npz": data.clothes,
    "sentences.tsv": data.sentences,
    "vowels.npz": data.vowels,
    "volume.npz": data.volume,
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the data that a test may damage."""
    for file in (*LOADERS, "SHA256SUMS"):
        (tmp_path / file).write_bytes((FOLDER / file).read_bytes())
    monkeypatch.setattr(data, "_FOLDER", tmp_path)
    return tmp_path


def record(folder, file):
    """Make SHA256SUMS agree with `file`, so that only the decoder can refuse it."""
    digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  {file}\n")


# what the files hold


@pytest.mark.parametrize("name", data.PHOTOS)
def test_photo(name):
    image = data.photo(name)
    assert image.shape == ((256, 256) if name == "camera" else (256, 256, 3))
    assert image.dtype == np.uint8
    assert image.max() > 220 and image.min() < 10  # uses the range


@pytest.mark.parametrize("name", data.TEXTURES)
def test_texture(name):
    image = data.texture(name)
    assert image.shape == (256, 256)
    assert image.dtype == np.uint8
    assert image.std() > 15  # not flat


def test_digits():
    images, labels = data.digits()
    assert images.shape == (1797, 8, 8) and images.dtype == np.uint8
    assert (images.min(), images.max()) == (0, 16)
    assert labels.dtype == np.uint8
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_mnist():
    m = data.mnist()
    for images in (m.train_images, m.test_images):
        assert images.shape == (10000, 28, 28) and images.dtype == np.uint8
        assert (images.min(), images.max()) == (0, 255)
    assert m.train_labels.dtype == m.test_labels.dtype == np.uint8
    assert np.bincount(m.test_labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


def test_mnist_training_images_are_stratified_distinct_and_in_the_original_order():
    m = data.mnist()
    assert np.bincount(m.train_labels).tolist() == [1000] * 10
    assert m.train_index.dtype == np.int32
    assert m.train_index.min() >= 0 and m.train_index.max() < 60000
    assert (np.diff(m.train_index) > 0).all()


def test_mnist_training_and_test_images_differ():
    m = data.mnist()
    train, test = ({image.tobytes() for image in images} for images in (m.train_images, m.test_images))
    assert not train & test


def test_clothes():
    images, labels = data.clothes()
    assert images.shape == (200, 28, 28) and images.dtype == np.uint8 and labels.dtype == np.uint8
    assert (images.min(), images.max()) == (0, 255)
    assert np.bincount(labels).tolist() == [20] * 10 == [20] * len(data.CLOTHES)


def test_sentences():
    positive, reviews, texts = data.sentences()
    assert positive.dtype == np.uint8
    for review in ("amazon", "imdb", "yelp"):
        of = [label for label, where in zip(positive.tolist(), reviews, strict=True) if where == review]
        assert len(of) == 1000 and sum(of) == 500
    assert len(set(texts)) == 2982
    assert all(text == " ".join(text.split()) and text.isprintable() for text in texts)
    assert sum("great" in text.lower() for text, good in zip(texts, positive, strict=True) if good) > 150


def test_vowels():
    frames, lengths, speakers, train = data.vowels()
    assert frames.shape == (lengths.sum(), 12) and frames.dtype == np.float64
    assert (lengths.min(), np.median(lengths), lengths.max()) == (7, 15, 29)
    # the counts of UCI's description
    assert np.bincount(speakers[train]).tolist() == [0] + [30] * 9
    assert np.bincount(speakers[~train]).tolist() == [0, 31, 35, 88, 44, 29, 24, 40, 50, 29]
    assert (frames.min(), frames.max()) == (-1.852765, 2.203141)


def test_volume():
    voxels = data.volume()
    assert voxels.shape == (33, 41, 25) and voxels.dtype == np.int16
    assert (voxels.min(), voxels.max()) == (-610, 30393)


def test_arrays_are_fresh_and_writable():
    for load in LOADERS.values():
        result = load()
        first, second = (result, load()) if isinstance(result, np.ndarray) else (result[0], load()[0])
        first[...] = 0
        assert second.any()


# the names


@pytest.mark.parametrize(
    "load, name, choice",
    [
        (data.photo, "lena", "'camera'"),
        (data.photo, "brick", "'camera'"),
        (data.texture, "../rebuild", "'gravel'"),
        (data.texture, None, "'gravel'"),
    ],
)
def test_an_unknown_name_is_refused_with_the_choices(load, name, choice):
    with pytest.raises(ValueError) as error:
        load(name)
    message = str(error.value)
    assert message.startswith(f"name is {name!r}") and choice in message


# damage


def assert_refused(file, problem):
    with pytest.raises(OSError) as error:
        LOADERS[file]()
    message = str(error.value)
    assert message.startswith(f"data file {file} is {problem}: expected SHA-256 ")
    assert message.endswith("restore the file, or run python data/rebuild.py")
    return message


@pytest.mark.parametrize("file", LOADERS)
def test_one_flipped_byte_is_refused(folder, file):
    content = bytearray((folder / file).read_bytes())
    expected = hashlib.sha256(content).hexdigest()
    content[len(content) // 2] ^= 1
    (folder / file).write_bytes(content)
    assert f"expected SHA-256 {expected}, found {hashlib.sha256(content).hexdigest()};" in assert_refused(
        file, "damaged"
    )


@pytest.mark.parametrize("file", LOADERS)
@pytest.mark.parametrize("length", [0, 1000])
def test_a_truncated_file_is_refused(folder, file, length):
    (folder / file).write_bytes((folder / file).read_bytes()[:length])
    assert_refused(file, "damaged")


@pytest.mark.parametrize("file", LOADERS)
def test_a_missing_file_is_refused(folder, file):
    (folder / file).unlink()
    assert "found no file" in assert_refused(file, "missing")


@pytest.mark.parametrize("sums", [None, b"", b"\xff\x00 nonsense\n"])
def test_missing_or_damaged_checksums_are_refused(folder, sums):
    (folder / "SHA256SUMS").unlink()
    if sums is not None:
        (folder / "SHA256SUMS").write_bytes(sums)
    assert "SHA256SUMS, which has none" in assert_refused("camera.png", "damaged")


def test_checksums_with_windows_line_ends_are_read(folder):
    sums = folder / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"\n", b"\r\n"))
    assert data.photo("camera").shape == (256, 256)


class Trap:
    """An object whose unpickling leaves a trace."""

    sprung = False

    @staticmethod
    def spring():
        Trap.sprung = True

    def __reduce__(self):
        return Trap.spring, ()


def pickle_itself():
    return pickle.dumps(Trap())


def pickle_in_npz():
    file = io.BytesIO()
    np.savez(file, images=np.array([Trap()], dtype=object), labels=np.zeros(1))
    return file.getvalue()


@pytest.mark.parametrize("make", [pickle_itself, pickle_in_npz])
def test_a_pickle_is_refused_unopened(folder, make):
    (folder / "digits.npz").write_bytes(make())
    assert_refused("digits.npz", "damaged")
    record(folder, "digits.npz")
    with pytest.raises(OSError, match="data file digits.npz must hold plain arrays only .* restore the file"):
        data.digits()
    assert not Trap.sprung


# rebuilding


def test_the_checksums_cover_exactly_the_data_files():
    listed = [line.split("  ")[1] for line in (FOLDER / "SHA256SUMS").read_text().splitlines()]
    present = [path.name for path in FOLDER.iterdir() if path.name.endswith((".png", ".npz", ".tsv"))]
    assert sorted(listed) == sorted(present)


def test_the_readme_lists_each_file_with_the_start_of_its_checksum():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for line in (FOLDER / "SHA256SUMS").read_text().splitlines():
        digest, file = line.split("  ")
        row = next(row for row in readme.splitlines() if row.startswith(f"| {file} "))
        assert digest[:12] in row


def test_the_pictures_can_be_rebuilt():
    # pixels, not bytes: another zlib may pack them otherwise
    built = rebuild.pictures()
    assert sorted(built) == sorted(f"{name}.png" for name in data.PHOTOS + data.TEXTURES)
    for file, b in built.items():
        name = file.removesuffix(".png")
        stored = data.photo(name) if name in data.PHOTOS else data.texture(name)
        assert np.array_equal(np.array(Image.open(io.BytesIO(b.content))), stored)


def test_the_digits_can_be_rebuilt():
    built = rebuild.digits()["digits.npz"].content
    assert built == rebuild.digits()["digits.npz"].content
    with np.load(io.BytesIO(built)) as archive:
        for name, stored in data.digits()._asdict().items():
            assert archive[name].dtype == stored.dtype
            assert np.array_equal(archive[name], stored)


def test_what_comes_from_whole_sets_is_built_as_it_is_stored(monkeypatch):
    rng = np.random.default_rng(0)
    sets = {}
    for name in ("digits", "clothes"):
        labels = [rng.permutation(np.arange(count) % 10).astype(np.uint8) for count in (12_000, 300)]
        images = [rng.integers(0, 256, (len(some), 2, 2), np.uint8) for some in labels]
        sets[name] = (images[0], labels[0], images[1], labels[1])
    monkeypatch.setattr(rebuild, "originals", sets.get)
    for load, file in ((rebuild.mnist, "mnist.npz"), (rebuild.clothes, "clothes.npz")):
        with np.load(io.BytesIO(load()[file].content)) as archive, np.load(FOLDER / file) as stored:
            assert {name: archive[name].dtype for name in archive} == {name: stored[name].dtype for name in stored}
            if file == "clothes.npz":
                assert np.array_equal(archive["images"], sets["clothes"][2][archive["index"]])
                assert np.bincount(archive["labels"]).tolist() == [20] * 10
            else:
                assert np.array_equal(archive["train_images"], sets["digits"][0][archive["train_index"]])


def test_what_comes_from_packages_is_built_as_it_is_stored(monkeypatch):
    entries = [{"text": "Good  case,\n\x85 great!", "class": 1}, {"text": "", "class": None}]
    line = "0.5,-1.25:2,0.000001:7"
    voxels = np.arange(33 * 41 * 25, dtype=">i2").tobytes()

    def member(name, path):
        by_ending = {"json": json.dumps(entries).encode(), ".nii": bytes(352) + voxels}
        return by_ending.get(path[-4:], f"#a\n@data\n{line}\n".encode())

    monkeypatch.setattr(packages, "member", member)
    lines = rebuild.sentences()["sentences.tsv"].content.decode().splitlines()
    assert lines == [f"{review}\t1\tGood case, … great!" for review in rebuild.REVIEWS]
    for build, file in ((rebuild.vowels, "vowels.npz"), (rebuild.volume, "volume.npz")):
        built = build()[file].content
        assert built == build()[file].content
        with np.load(io.BytesIO(built)) as archive, np.load(FOLDER / file) as stored:
            assert {name: archive[name].dtype for name in archive} == {name: stored[name].dtype for name in stored}
            if file == "vowels.npz":
                assert archive["frames"].tolist() == [[500000, 2000000], [-1250000, 1]] * 2
                assert archive["train"].tolist() == [True, False] and archive["lengths"].tolist() == [2, 2]
            else:
                assert archive["voxels"][:3, 1, 0].tolist() == [33, 34, 35]


def test_a_package_that_is_another_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("POOLING_DATA", str(tmp_path))
    (tmp_path / "packages").mkdir()
    for package in packages.PACKAGES.values():
        (tmp_path / "packages" / package.file).write_bytes(b"0")
    with pytest.raises(OSError, match="nibabel-5.4.2-py3-none-any.whl has SHA-256 5feceb66ffc8.*delete it"):
        packages.member("nibabel", "nibabel/tests/data/anatomical.nii")


def test_an_original_that_is_another_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("POOLING_DATA", str(tmp_path))
    (tmp_path / "digits").mkdir()
    for part in whole_data.PARTS:
        (tmp_path / "digits" / part).write_bytes(b"0")
    with pytest.raises(OSError, match="train-images-idx3-ubyte has SHA-256 5feceb66ffc8.*delete it"):
        whole_data.originals("digits")


def test_block_mean_rounds_halves_up():
    image = np.array([[0, 1, 255, 255], [0, 1, 255, 254], [0, 0, 1, 1], [0, 1, 0, 1]], np.uint8)
    assert rebuild.block_mean(image, 2).tolist() == [[1, 255], [0, 1]]
    assert np.array_equal(rebuild.block_mean(image, 1), image)


def test_stratified_spaces_the_members_of_each_class_evenly():
    labels = np.array([0] * 6 + [1] * 4)
    assert rebuild.stratified(labels, 2).tolist() == [0, 3, 6, 8]
    assert rebuild.stratified(labels[::-1], 2).tolist() == [0, 2, 4, 7]


def test_read_idx():
    content = b"\0\0\x08\x02" + b"\0\0\0\x02" + b"\0\0\0\x03" + bytes(range(6))
    assert whole_data.read_idx(content).tolist() == [[0, 1, 2], [3, 4, 5]]
    with pytest.raises(ValueError, match="not an IDX file"):
        whole_data.read_idx(b"\0\0\x0d\x01" + content[4:])


def test_the_loaders_need_only_numpy_and_pillow():
    code = """
import sys
import pooling_book.study.data
heavy = {"matplotlib", "skimage", "sklearn", "scipy", "tensorflow"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code], check=True)
