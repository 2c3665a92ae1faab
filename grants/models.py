"""The models of schemes, budget and applications, gathered for Django under one label."""

from grants.applications.answer_versions import *  # noqa: F403
from grants.applications.drafts import *  # noqa: F403
from grants.applications.finding import *  # noqa: F403
from grants.applications.former_parties import *  # noqa: F403
from grants.applications.messages.models import *  # noqa: F403
from grants.applications.models import *  # noqa: F403
from grants.applications.reminder_models import *  # noqa: F403
from grants.applications.term_changes import *  # noqa: F403
from grants.budget.models import *  # noqa: F403
from grants.budget.mutations import *  # noqa: F403
from grants.schemes.models import *  # noqa: F403
