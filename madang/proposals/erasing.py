"""What goes from this area when a person's data is erased, and what stays without them."""

from datetime import datetime

from madang.ground import files
from madang.proposals.models import NEIGHBOUR, Draft, Endorsement, Proposal, ProposalReport
from madang.residents.models import Resident


def forget_author(resident: Resident, at: datetime) -> dict[str, int]:
    """Part of `erase_resident`: drafts go with their files; proposals stay as records of the town, without author and name.

    Endorsements stay counted under the emptied person, because a number that was published may not change afterwards."""
    drafts = list(Draft.objects.filter(account_id=resident.account_id)) if resident.account_id else []
    stored = [f.file for d in drafts for f in d.files.select_related("file")]
    Draft.objects.filter(pk__in=[d.pk for d in drafts]).delete()
    for one in stored:
        files.erase(one)
    if resident.account_id:
        ProposalReport.objects.filter(reporter_id=resident.account_id).update(reporter=None)
    own = Proposal.objects.filter(author=resident).update(author=None, public_name=NEIGHBOUR)
    return {
        "drafts": len(drafts),
        "proposal_authorships": own,
        "kept.proposals": own,
        "kept.endorsements": Endorsement.objects.filter(resident=resident).count(),
    }
