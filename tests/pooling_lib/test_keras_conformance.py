"""What Keras asks of its own layers, asked of ours: the conformance test that its developers run on each layer.

It builds a layer, calls it symbolically and eagerly, makes it again of its config and of its serialised form, trains
it by `Model.fit` (compiled by XLA), runs it in mixed precision, and looks whether a subclass's `build` would run.
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402
import pytest  # noqa: E402

tf = pytest.importorskip("tensorflow")
import keras  # noqa: E402
from keras.src.testing import TestCase  # noqa: E402

from pooling_lib import keras_layers as kl  # noqa: E402

LINE, IMAGE, FILM = (2, 5, 3), (2, 5, 4, 3), (2, 4, 3, 2, 1)
# Layer, its arguments, the inputs' shape and the output's.
LAYERS = [
    (kl.MinPooling, {"pool_size": 2}, LINE, (2, 2, 3)),
    (kl.SumPooling, {"pool_size": (2, 1, 2)}, FILM, (2, 2, 3, 1, 1)),
    (kl.LpPooling, {"pool_size": 2, "strides": 1, "p": 3}, IMAGE, (2, 4, 3, 3)),
    (kl.GlobalLpPooling, {"p": 1, "keepdims": True}, IMAGE, (2, 1, 1, 3)),
    (kl.PowerMeanPooling, {"pool_size": None, "p": 2}, IMAGE, (2, 3)),
    (kl.SoftPooling, {"pool_size": 3, "padding": "same", "temperature": 0.5}, LINE, (2, 2, 3)),
    (kl.StochasticPooling, {"pool_size": 2, "seed": 1}, LINE, (2, 2, 3)),
    (kl.MixedPooling, {"pool_size": (2, 1), "mix": 0.25, "data_format": "channels_first"}, IMAGE, (2, 5, 2, 3)),
    (kl.BlurPooling, {}, LINE, (2, 2, 3)),
    (kl.MaskedMaxPooling, {"pool_size": 2, "dilation_rate": 2, "strides": 1}, IMAGE, (2, 3, 2, 3)),
    (kl.MaskedAveragePooling, {"pool_size": None}, LINE, (2, 3)),
    (kl.MaxBlurPooling, {"pool_size": 2, "padding": "same"}, LINE, (2, 3, 3)),
    (kl.SpatialPyramidPooling, {"levels": (2, 1)}, IMAGE, (2, 5, 3)),
    (kl.MaxUnpooling, {"size": 7}, (LINE, LINE), (2, 7, 3)),
]


@pytest.mark.filterwarnings("ignore:The model does not have any trainable weights", "ignore:`shuffle=True` was passed")
@pytest.mark.parametrize("make, own, inputs, outputs", LAYERS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_layer_passes_the_conformance_test_of_keras(make, own, inputs, outputs):
    TestCase().run_layer_test(
        make,
        own,
        input_shape=inputs,
        input_dtype=("float32", "int32") if make is kl.MaxUnpooling else "float32",
        expected_output_shape=outputs,
        expected_num_trainable_weights=int(make is kl.PowerMeanPooling),
        expected_num_non_trainable_weights=0,
        expected_num_seed_generators=int(make in (kl.StochasticPooling, kl.MixedPooling)),
        expected_num_losses=0,
        supports_masking=make not in (kl.MaxBlurPooling, kl.SpatialPyramidPooling, kl.MaxUnpooling),
        assert_built_after_instantiation=True,
    )


def test_no_layer_is_left_out():
    layers = {value for value in vars(kl).values() if isinstance(value, type) and issubclass(value, kl._Pooling)}
    assert {make for make, *_ in LAYERS} == {layer for layer in layers if not layer.__name__.startswith("_")}


@pytest.mark.parametrize("make, own, inputs, outputs", LAYERS, ids=lambda value: getattr(value, "__name__", ""))
def test_the_build_of_a_subclass_runs_once_and_its_weights_are_saved(make, own, inputs, outputs, tmp_path):
    class Scaled(make):
        def build(self, *shapes):
            self.factor = self.add_weight(name="factor", shape=(1,), initializer="ones")

        def call(self, inputs):
            return super().call(inputs) * self.factor

    layer = Scaled(**own)
    if make is kl.MaxUnpooling:
        inputs, data = (
            [keras.Input(LINE[1:]), keras.Input(LINE[1:], dtype="int64")],
            [np.ones(LINE), np.ones(LINE, int)],
        )
    else:
        inputs, data = keras.Input(inputs[1:]), np.random.default_rng(0).random(inputs)
    assert not layer.built
    model = keras.Model(inputs, layer(inputs))
    assert layer.built and len(layer.trainable_weights) == 1 + (make is kl.PowerMeanPooling)
    layer.factor.assign([2.0])
    twice = np.asarray(make(**own)(data)) * 2
    np.testing.assert_allclose(model(data), twice, rtol=1e-6)
    model.save(tmp_path / "model.keras")
    with keras.saving.custom_object_scope({"Scaled": Scaled}):
        np.testing.assert_allclose(keras.saving.load_model(tmp_path / "model.keras")(data), twice, rtol=1e-6)


def test_a_subclass_of_the_same_name_takes_no_layers_place():
    known = keras.saving.get_registered_name(kl.MinPooling)
    assert known == "pooling_lib>MinPooling"
    type("MinPooling", (kl.MinPooling,), {"__module__": "a_reader.layers"})
    assert keras.saving.get_registered_object(known) is kl.MinPooling
