"""What is compared: ``study.yml`` and the hand codes beside it, read and checked."""

from analysis_utils.study.file import StudyError
from analysis_utils.study.study import (
    DEFAULT_STUDY,
    STUDY_FILE,
    Study,
    benchmark_results,
    current_study,
    read_study,
    study_names,
)

__all__ = [
    "DEFAULT_STUDY",
    "STUDY_FILE",
    "Study",
    "StudyError",
    "benchmark_results",
    "current_study",
    "read_study",
    "study_names",
]
