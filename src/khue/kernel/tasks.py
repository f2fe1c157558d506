"""Jobs about jobs."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

RESUME = "kernel.resume"


@app.periodic(cron="* * * * *")
@app.task(name=RESUME, queueing_lock=RESUME, pass_context=True)
async def resume(context: JobContext, timestamp: int) -> None:
    """Does again what a killed worker had begun; where the same job waits already, that one is enough."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except ConnectorException:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
