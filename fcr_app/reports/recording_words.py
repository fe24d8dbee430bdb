"""What recording decisions do beside moving the case, in the words of the policy pages."""

from fcr_app.domain import recording_effects as re
from fcr_app.domain.effects import Effect

RECORDING_DONE: dict[type[Effect], str] = {
    re.RecordFromReport: "The crime is recorded, which stops the report’s clock.",
    re.RecodeCrime: "The crime has another class; the first is kept.",
    re.SettleNoRape: "Lets another crime that was recorded settle the report.",
    re.OpenN100: "An N100 is created with the answers given here.",
    re.MoveToN100: "The crime leaves the statistics as one that was an N100 from the start.",
    re.CreateReported: "It is kept with its code, which settles the report.",
    re.KeepCheck: "Who checked it is kept.",
    re.KeepEvent: "What is new is kept, with the code it leads to; the FCR sees it again.",
    re.KeepVerdict: "What the FCR said is kept, with the code.",
    re.ConvertReported: "The crime is recorded, and the delay since the confirmation is measured.",
    re.CancelReported: "The report is open again, and its clock counts from its start.",
    re.KeepForceReference: "The other force’s reference is kept.",
    re.KeepTransfer: "The transfer is kept, with when the victim was told.",
}
