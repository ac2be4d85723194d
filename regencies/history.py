"""Row history: every change of a tracked table leaves its values, by database trigger."""

import pghistory

# Insert, update and delete are the default trackers (settings.PGHISTORY_DEFAULT_TRACKERS);
# history tables refuse UPDATE and DELETE (settings.PGHISTORY_APPEND_ONLY).
tracked = pghistory.track
