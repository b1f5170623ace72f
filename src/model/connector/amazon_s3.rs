//! Kind AmazonWebServicesS3: files in a bucket, told of by a queue (role) or listed (access key).
//!
//! Source: the service's published model for role and queues; what goes through a collection rule, the data format and the
//! variant with an access key stand in published connectors only.

use crate::model::service::{Demand, Kind, Mark, ObjectSpec, field};
use Demand::{Alternatives, Needs, OneOf, Only};
use Mark::{Assumed, Documented, Observed};

/// What a connection of this kind has of its own.
pub static OWN: ObjectSpec = ObjectSpec {
    title: "AmazonWebServicesS3",
    doc: "Files in a bucket of Amazon S3.",
    fields: &[
        field("roleArn", Kind::Template, "ARN of the role that the service takes on."),
        field("sqsUrls", Kind::Templates, "URLs of the queues that tell of new files."),
        field("awsAccessKey", Kind::Template, "Id of an access key, instead of a role.").observed(),
        field("awsSecretKey", Kind::Credential, "Secret of the access key; a secret input.").observed(),
        field("s3BucketName", Kind::Template, "With an access key: name of the bucket.").observed(),
        field("s3BucketRegion", Kind::Template, "With an access key: region of the bucket.").observed(),
        field("s3BucketPrefix", Kind::Template, "With an access key: what the files' names begin with.").observed(),
        field("queryWindowDelayInMin", Kind::Int(0, i64::MAX), "With an access key: minutes by which reading lags.")
            .observed(),
        field("dataFormat", Kind::Object(&DATA_FORMAT), "How the files are written.").required().observed(),
        field("destinationTable", Kind::Text, "Default: the table of the stream."),
    ],
    demands: &[
        (OneOf(&["roleArn", "awsAccessKey"], "who signs in"), Observed),
        (Alternatives(&["roleArn", "awsAccessKey"]), Observed),
        (Needs("roleArn", &["sqsUrls"]), Documented),
        (Needs("sqsUrls", &["roleArn"]), Documented),
        (Needs("awsAccessKey", &["awsSecretKey", "s3BucketName", "s3BucketRegion"]), Observed),
        (Needs("awsSecretKey", &["awsAccessKey"]), Observed),
        (Needs("s3BucketName", &["awsAccessKey"]), Observed),
        (Needs("s3BucketRegion", &["s3BucketName"]), Observed),
        (Needs("s3BucketPrefix", &["s3BucketName"]), Observed),
        (Needs("queryWindowDelayInMin", &["awsAccessKey"]), Observed),
    ],
};

static DATA_FORMAT: ObjectSpec = ObjectSpec {
    title: "dataFormat",
    doc: "How the files are written.",
    fields: &[
        field("format", Kind::Enum(&["json", "csv", "Parquet"]), "What a file is.")
            .required()
            .emitted("Format")
            .observed(),
        field("isCompressed", Kind::Bool, "Whether files are compressed.").emitted("IsCompressed").observed(),
        field("compressType", Kind::Enum(&["Gzip", "None"]), "How they are compressed.").observed(),
        field("csvDelimiter", Kind::Character, "csv: what stands between two values.")
            .emitted("CsvDelimiter")
            .observed(),
        field("hasCsvHeader", Kind::Bool, "csv: whether the first line has the names.")
            .emitted("HasCsvHeader")
            .observed(),
    ],
    demands: &[(Only { keys: &["csvDelimiter", "hasCsvHeader"], field: "format", value: "csv" }, Assumed)],
};
