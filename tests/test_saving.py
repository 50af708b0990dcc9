"""A network as a file, as code and as a program of its own: whole and back again, or refused."""

import io
import os
import pickle

import numpy as np
import pytest
from networks import HIDDEN

from annkit import Network


def some_network():
    return Network([2, 3, 3], "relu", "softmax", seed=7)


@pytest.mark.parametrize("activation", ["step", *HIDDEN, ["tanh", "relu"]])
@pytest.mark.parametrize("output", ["step", *HIDDEN])
def test_as_a_program_of_its_own(activation, output):
    net = Network([3, 4, 2, 2], activation, output, seed=5, init=2)
    net.parameters += 0.1
    program = {}
    exec(net.to_numpy_code(), program)
    X = np.random.default_rng(0).normal(0, 3, (20, 3))
    np.testing.assert_allclose(program["predict"](X), net.predict(X), rtol=1e-13, atol=1e-13)
    assert "annkit" not in net.to_numpy_code()


@pytest.mark.parametrize("activation", ["step", *HIDDEN, ["tanh", "relu"]])
@pytest.mark.parametrize("output", ["step", *HIDDEN])
def test_as_a_program_for_pytorch(activation, output):
    pytest.importorskip("torch")
    net = Network([3, 4, 2, 2], activation, output, seed=5, init=2)
    net.parameters += 0.1
    program = {}
    exec(net.to_torch_code(), program)
    X = np.random.default_rng(0).normal(0, 3, (20, 3))
    np.testing.assert_allclose(program["predict"](X), net.predict(X), rtol=1e-12, atol=1e-12)
    assert "annkit" not in net.to_torch_code()


@pytest.mark.parametrize("init", ["glorot", "he", "uniform", 0.3])
def test_as_code_by_its_seed_or_number_by_number(init):
    net = Network([2, 3, 2], "tanh", "softmax", seed=5, init=init)
    code = net.to_code()
    assert eval(code) == net and "seed=5" in code and "parameters" not in code
    net.biases[1][0] = -0.0
    assert eval(net.to_code()).parameters.tobytes() == net.parameters.tobytes()
    net.biases[1][1] = np.nextafter(0, 1)
    assert eval(net.to_code()).parameters.tobytes() == net.parameters.tobytes()


def test_code_says_only_what_is_not_usual():
    assert Network([2, 1]).to_code() == "Network([2, 1], seed=0)"
    assert Network([2, 1], seed=3, init="he").to_code() == "Network([2, 1], seed=3, init='he')"
    net = Network([2, 1], output="linear", init=0)
    net.parameters = [1, 2, 3]
    assert net.to_code() == "Network([2, 1], output='identity', parameters=[1.0, 2.0, 3.0])"


@pytest.mark.parametrize("name", ["net.npz", "without ending", "신경망.npz"])
def test_saved_and_loaded_it_is_the_same(tmp_path, name):
    net = some_network()
    net.save(tmp_path / name)
    net.save(str(tmp_path / name))
    other = Network.load(tmp_path / name)
    assert other.parameters.tobytes() == net.parameters.tobytes() and repr(other) == repr(net)
    assert os.listdir(tmp_path) == [name]


def test_a_file_that_an_earlier_version_saved_is_read(tmp_path):
    """What a file of the format "network 1" holds: whoever changes that needs another name for it."""
    path, parameters = tmp_path / "net.npz", np.arange(9.0)
    parts = {"sizes": (2, 2, 1), "activation": "tanh", "output": "identity", "parameters": parameters}
    np.savez(path, annkit="network 1", **parts)
    assert Network.load(path) == Network(**parts)


def test_a_link_stays_a_link_and_a_mode_a_mode(tmp_path):
    path, link = tmp_path / "net.npz", tmp_path / "link.npz"
    path.touch(0o640)
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("no links on this system")
    mode = path.stat().st_mode
    some_network().save(link)
    assert link.is_symlink() and Network.load(path) == some_network() and path.stat().st_mode == mode


def fail(*__, **___):
    raise OSError("disk full")


@pytest.mark.parametrize("where", ["builtins.open", "os.fsync", "shutil.copymode", "os.replace"])
def test_what_fails_on_the_way_leaves_the_old_file(tmp_path, monkeypatch, where):
    path = tmp_path / "net.npz"
    some_network().save(path)
    before = path.read_bytes()
    with monkeypatch.context() as patches, pytest.raises(OSError, match="disk full"):
        patches.setattr(where, fail)
        Network([5, 5]).save(path)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["net.npz"]


def test_where_no_file_can_be_nothing_is_left(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for path in ("folder", "nowhere/net.npz", "file/net.npz"):
        with pytest.raises(OSError):
            some_network().save(tmp_path / path)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"] and not os.listdir(tmp_path / "folder")


def test_what_is_no_finite_number_is_not_written_down(tmp_path):
    net = some_network()
    net.weights[0][0, 0] = np.inf
    for write in (lambda: net.save(tmp_path / "net.npz"), net.to_code, net.to_numpy_code, net.to_torch_code):
        with pytest.raises(ValueError, match="parameters should be finite numbers; at index"):
            write()
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("bad", [None, 5, "", "a\0b"])
@pytest.mark.parametrize("call", [some_network().save, Network.load])
def test_what_is_no_path(call, bad):
    with pytest.raises(ValueError, match="path should be the name of a file, not"):
        call(bad)


def test_files_that_are_no_network_are_refused(tmp_path):
    path, net = tmp_path / "net.npz", Network([2, 3, 1])
    net.save(path)
    whole = path.read_bytes()
    with np.load(path) as parts:
        parts = dict(parts)

    def refused(content):
        path.write_bytes(content)
        with pytest.raises(ValueError, match="net.npz is damaged, or it is no network saved by annkit"):
            Network.load(path)

    def array(**changes):
        content = io.BytesIO()
        np.savez(content, **parts | changes)
        return content.getvalue()

    for content in (b"", b"text", whole[:-1], whole[: len(whole) // 2], whole[100:], pickle.dumps(net)):
        refused(content)
    place = whole.index(net.parameters.tobytes())
    refused(whole[: place + 5] + bytes([whole[place + 5] ^ 1]) + whole[place + 6 :])
    for change in (
        {"sizes": [2, 3, 2]},
        {"sizes": [2.5, 1]},
        {"sizes": [13]},
        {"output": "sigmod"},
        {"annkit": "network 2"},
        {"more": 1},
        {"parameters": np.full(13, np.nan)},
        {"parameters": np.array([None] * 13)},
        {"parameters": np.ones(12)},
    ):
        refused(array(**change))
    for missing in parts:
        content = io.BytesIO()
        np.savez(content, **{name: part for name, part in parts.items() if name != missing})
        refused(content.getvalue())
    content = io.BytesIO()
    np.save(content, [1, 2])
    refused(content.getvalue())
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "nowhere.npz")
