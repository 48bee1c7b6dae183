//! The table of claims as Parquet, column by column.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::table::{COLUMNS, Cell, Column, Kind, Row, Table};
use crate::graph::Graph;

/// How many rows stand together.
const GROUP: usize = 100_000;

/// Writes the table of claims, every column optional, compressed by Snappy.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    // The writer wants to own what it may send to other threads.
    let bytes = bytes(&Table::new(graph.corpus())).map_err(of_parquet)?;
    out.write_all(&bytes)
}

fn bytes(table: &Table<'_>) -> Result<Vec<u8>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("demarche {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema()?, Arc::new(properties))?;
    let rows: Vec<Row<'_>> = table.rows().collect();
    for rows in rows.chunks(GROUP) {
        let mut group = file.next_row_group()?;
        for column in &COLUMNS {
            let Some(mut to) = group.next_column()? else { break };
            fill(column, rows, &mut to)?;
            to.close()?;
        }
        group.close()?;
    }
    file.into_inner()
}

fn schema() -> Result<TypePtr> {
    let field = |column: &Column| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
        };
        let field = Type::primitive_type_builder(column.name, physical);
        let field = field.with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        Ok(Arc::new(field.build()?))
    };
    let fields = COLUMNS.iter().map(field).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder("claims").with_fields(fields).build()?))
}

/// Writes one column: which cells are not empty, and what stands in them.
fn fill(column: &Column, rows: &[Row<'_>], to: &mut SerializedColumnWriter<'_>) -> Result<()> {
    let cells = || rows.iter().map(|row| column.cell(row));
    let levels: Vec<i16> = cells().map(|it| i16::from(it != Cell::Empty)).collect();
    let levels = Some(&levels[..]);
    match column.kind {
        Kind::Text => {
            let words = cells().filter_map(|it| match it {
                Cell::Text(words) => Some(ByteArray::from(words.as_bytes().to_vec())),
                _ => None,
            });
            to.typed::<ByteArrayType>().write_batch(&words.collect::<Vec<_>>(), levels, None)?;
        }
        Kind::Integer => {
            let numbers = cells().filter_map(|it| match it {
                Cell::Integer(number) => i64::try_from(number).ok(),
                _ => None,
            });
            to.typed::<Int64Type>().write_batch(&numbers.collect::<Vec<_>>(), levels, None)?;
        }
        Kind::Number => {
            let numbers = cells().filter_map(|it| match it {
                Cell::Number(number) => Some(number),
                _ => None,
            });
            to.typed::<DoubleType>().write_batch(&numbers.collect::<Vec<_>>(), levels, None)?;
        }
    }
    Ok(())
}

fn of_parquet(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;
    use crate::fixture;

    #[test]
    fn what_is_written_is_read_back() {
        let corpus = fixture::corpus();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes(&Table::new(&corpus)).unwrap()).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), corpus.claims.len());
        let at = |name: &str| COLUMNS.iter().position(|it| it.name == name).unwrap();
        for (row, claim) in rows.iter().zip(&corpus.claims) {
            assert_eq!(row.get_string(at("quote")).unwrap(), &claim.quote);
            assert_eq!(row.get_long(at("start")).unwrap(), claim.start as i64);
            assert_eq!(row.get_double(at("confidence")).unwrap(), claim.confidence);
            assert_eq!(
                row.get_string(at("date")).ok(),
                claim.time.map(|time| time.to_string()).as_ref()
            );
        }
    }
}
