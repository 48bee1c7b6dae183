//! Bodies of requests, received whole within a size and a time.

use std::time::Duration;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::StatusCode;
use hyper::body::{Body, Bytes};
use thiserror::Error;
use tokio::time::timeout;

use super::PATIENCE;

/// Why a body was not received. The connection is of no more use then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum Unread {
    /// It is longer than that many bytes.
    #[error("more than {} MiB", .0 >> 20)]
    TooLarge(usize),
    /// It took longer than it may.
    #[error("the body came too slowly")]
    TooSlow,
    /// The client went away, or sent what is no body.
    #[error("the body broke off")]
    BrokenOff,
}

impl Unread {
    /// What the client is answered.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::BrokenOff => StatusCode::BAD_REQUEST,
        }
    }
}

/// All of a body, if it has at most `most` bytes and comes in time.
///
/// # Errors
/// When it is larger or slower, or breaks off.
pub(crate) async fn whole<B>(body: B, most: usize) -> Result<Bytes, Unread>
where
    B: Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    within(body, most, PATIENCE).await
}

async fn within<B>(body: B, most: usize, patience: Duration) -> Result<Bytes, Unread>
where
    B: Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    match timeout(patience, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Unread::TooLarge(most)),
        Ok(Err(_)) => Err(Unread::BrokenOff),
        Err(_) => Err(Unread::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::Full;

    use super::*;

    /// A body of which nothing ever comes.
    struct Silent;

    impl Body for Silent {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
            std::task::Poll::Pending
        }
    }

    fn received<B>(body: B) -> Result<Bytes, Unread>
    where
        B: Body,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(within(body, 1 << 20, Duration::from_millis(20)))
    }

    #[test]
    fn a_body_is_whole_or_told_why_not() {
        let full = |length: usize| Full::new(Bytes::from(vec![b'x'; length]));
        assert_eq!(received(full(1 << 20)).unwrap().len(), 1 << 20);
        assert_eq!(received(full((1 << 20) + 1)), Err(Unread::TooLarge(1 << 20)));
        assert_eq!(received(Silent), Err(Unread::TooSlow));
        assert_eq!(Unread::TooLarge(8 << 20).to_string(), "more than 8 MiB");
    }
}
